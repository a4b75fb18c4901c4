import { Injectable } from '@nestjs/common';
import { type NewSuppression, Suppressions, type SuppressionScope } from '#contacts';
import { RelayRoutes } from '#delivery';
import type { SystemActor } from '#kernel';
import type { SubmissionOutcome } from '#mailer';
import type { Draft } from './draft.js';

/** Answer of a relay to one message. */
interface RelayAnswer {
  readonly draft: Draft;
  readonly outcome: SubmissionOutcome;
  /** Name of the relay in the ledger. */
  readonly relay: string | null;
}

/**
 * Suppresses addresses that do not exist: repeated messages to them harm the
 * reputation of the sender. The scope depends on how far the relay is trusted.
 */
@Injectable()
export class DeadAddresses {
  constructor(
    private readonly routes: RelayRoutes,
    private readonly suppressions: Suppressions,
  ) {}

  /**
   * In the open transaction. Suppresses the recipients whose address a relay
   * reported as dead.
   */
  async suppress(actor: SystemActor, said: readonly RelayAnswer[]): Promise<void> {
    const dead = said.filter(({ outcome }) => outcome.kind === 'permanent' && outcome.deadAddress);
    const relays = dead.flatMap(({ relay }) => (relay === null ? [] : [relay]));
    const vendorsOwn = await this.routes.vendorOwned([...new Set(relays)]);
    for (const item of dead)
      for (const scope of scopesOf(item, item.relay !== null && vendorsOwn.has(item.relay)))
        await this.suppressions.add(actor, {
          ...scope,
          contactId: item.draft.contact.id,
          reason: 'bounced',
          source: 'provider',
        } satisfies NewSuppression);
  }
}

/**
 * A vendor's own relay could report false errors: it is trusted for that
 * vendor's e-mails only. The installation's relay is trusted for all partners
 * if the error names the address (5.1.x). A bare 550 can also mean that the
 * relay refuses to relay for us. Then only the partner stops sending to the
 * address, and sees the reason.
 */
function scopesOf({ draft: { message }, outcome }: RelayAnswer, isVendorsOwn: boolean): readonly SuppressionScope[] {
  if (isVendorsOwn) return [{ scope: 'vendor', vendorId: message.vendorId }];
  const namesAddress = outcome.kind === 'permanent' && outcome.enhanced !== null;
  return namesAddress ? [{ scope: 'partner' }, { scope: 'platform' }] : [{ scope: 'partner' }];
}
