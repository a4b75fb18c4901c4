import { Injectable } from '@nestjs/common';
import { FrequencyCaps } from '#contacts';
import { CircuitBreaker, Destinations, Ledger, MailGroups, type MessageState } from '#delivery';
import { type PartnerId, type SystemActor, groupBy } from '#kernel';
import { StepOutcomes } from '../moving/step-outcomes.service.js';
import { DeadAddresses } from './dead-addresses.service.js';
import { destinationAnswerOf, tallyOf } from './relay-answers.js';
import { domainOf } from './sending-stream.js';
import { type SettledDraft, sharedGroup, stepDecisionOf } from './settled-draft.js';

/**
 * The state of each message that was settled, and what to call once it is
 * committed.
 */
export interface WrittenSettlements {
  readonly states: Map<string, MessageState>;
  readonly committed: () => void;
}

/**
 * Writes outcomes of submissions in one transaction: ledger, destinations,
 * breaker, suppressions, caps, steps.
 */
@Injectable()
export class SettlementWriter {
  constructor(
    private readonly ledger: Ledger,
    private readonly groups: MailGroups,
    private readonly destinations: Destinations,
    private readonly breaker: CircuitBreaker,
    private readonly dead: DeadAddresses,
    private readonly caps: FrequencyCaps,
    private readonly outcomes: StepOutcomes,
  ) {}

  /**
   * In the open transaction.
   * @param items drafts of the partner. Those whose message was leased anew
   *   since (a higher fence) are left out.
   */
  async write(actor: SystemActor, partnerId: PartnerId, items: readonly SettledDraft[]): Promise<WrittenSettlements> {
    await this.breaker.lockPartner(partnerId, tallyOf(items));
    const groups = await this.groups.groupsOf(items.map(({ draft }) => domainOf(draft.contact.email)));
    const groupOf = ({ draft: { contact } }: SettledDraft): string =>
      groups.get(domainOf(contact.email)) ?? domainOf(contact.email);
    const states = await this.ledger.settle(
      items.map((item) => ({
        ...item.settlement,
        releaseId: item.draft.message.releaseId,
        relay: item.relay,
        mailGroup: sharedGroup(groupOf(item), item.draft.contact.email),
      })),
    );
    const written = items.filter(({ draft }) => states.has(draft.message.id));
    const committed = await this.destinations.recordAnswers(
      written.flatMap((item) => {
        const kind = destinationAnswerOf(item.outcome);
        return kind === null ? [] : [{ kind, group: groupOf(item), text: item.outcome.text }];
      }),
    );
    await this.breaker.record(partnerId, tallyOf(written));
    await this.dead.suppress(actor, written);
    await this.refundCaps(actor, written);
    await this.outcomes.record(
      partnerId,
      written.flatMap((item) => stepDecisionOf(item) ?? []),
    );
    return { states, committed };
  }

  /**
   * A message that was permanently refused, by us or by the relay, reached no
   * recipient. It does not count against the contact's frequency caps.
   */
  private async refundCaps(actor: SystemActor, written: readonly SettledDraft[]): Promise<void> {
    const failed = written.filter(({ settlement }) => settlement.state === 'failed').map(({ draft }) => draft.message);
    for (const [vendorId, messages] of groupBy(failed, (message) => message.vendorId))
      await this.caps.release(actor, vendorId, messages);
  }
}
