import { Injectable } from '@nestjs/common';
import { type NewSuppression, Suppressions, type SuppressionScope } from '#contacts';
import { RelayRoutes } from '#delivery';
import type { SystemActor } from '#kernel';
import type { SubmissionOutcome } from '#mailer';
import type { Draft } from './draft.js';

/** What a relay said of one message. */
interface RelayAnswer {
  readonly draft: Draft;
  readonly outcome: SubmissionOutcome;
  /** By its name in the ledger. */
  readonly relay: string | null;
}

/**
 * An address that does not exist harms whoever writes to it again: how far a
 * relay is believed that says so.
 */
@Injectable()
export class DeadAddresses {
  constructor(
    private readonly routes: RelayRoutes,
    private readonly suppressions: Suppressions,
  ) {}

  /**
   * Suppresses those of the recipients that a relay called dead, in the open
   * transaction.
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
 * A vendor's own relay may make things up: it is believed for that vendor's
 * mail, as its provider's account is. The installation's relay is believed for
 * everybody where it names the address (5.1.x); a bare 550 also means that it
 * does not relay for us, or not there, so that only the partner, which is shown
 * why, goes without.
 */
function scopesOf({ draft: { message }, outcome }: RelayAnswer, isVendorsOwn: boolean): readonly SuppressionScope[] {
  if (isVendorsOwn) return [{ scope: 'vendor', vendorId: message.vendorId }];
  const namesAddress = outcome.kind === 'permanent' && outcome.enhanced !== null;
  return namesAddress ? [{ scope: 'partner' }, { scope: 'platform' }] : [{ scope: 'partner' }];
}
