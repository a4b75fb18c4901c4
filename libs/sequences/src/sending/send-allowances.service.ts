import { Injectable } from '@nestjs/common';
import type { SendingIdentity } from '#brand';
import { FrequencyCaps, frequencyUseAt, PolicyRefusals, SharedSuppressions } from '#contacts';
import { Destinations, Streams } from '#delivery';
import type { ContactId, SystemActor, VendorId } from '#kernel';
import { byDueTime } from '../enrolment/daily-quota.js';
import { isFirstAttempt } from './draft.js';
import type { Passed, Postponed, PreflightDecisions } from './preflight-decisions.js';
import { domainOf, streamOf } from './sending-stream.js';

/**
 * Reserves what is limited for messages that may be sent, in this order: rate
 * of the destination, frequency caps of the contact, daily volume of the
 * stream. A message that a cap refuses uses no place of the stream, like one
 * that an opt-out refuses: the partner sees the places, and could tell them
 * apart. Opt-outs at other parties are asked here, after the reasons to wait: a
 * partner could ask about an address by a message that waits, and stop it.
 */
@Injectable()
export class SendAllowances {
  constructor(
    private readonly destinations: Destinations,
    private readonly streams: Streams,
    private readonly shared: SharedSuppressions,
    private readonly refusals: PolicyRefusals,
    private readonly caps: FrequencyCaps,
  ) {}

  /**
   * In the open transaction.
   * @returns the decisions; messages without room are postponed or refused.
   */
  async reserve(
    actor: SystemActor,
    vendorId: VendorId,
    identity: SendingIdentity,
    { passed, refused, postponed, clockChanges }: PreflightDecisions,
    now: Date,
  ): Promise<PreflightDecisions> {
    const throttled = await this.throttled(passed);
    const fast = passed.filter(({ message }) => !throttled.some((wait) => wait.message === message));
    const suppressed = await this.suppressedElsewhere(actor, vendorId, fast, now);
    const messages = fast.map(({ message }) => message).filter(({ contactId }) => !suppressed.has(contactId));
    const granted = await this.caps.reserve(actor, vendorId, messages, now);
    const capped = fast.filter(({ message }) => !granted.has(message));
    const uncapped = fast.filter(({ message }) => granted.has(message));
    const { going, overflow } = await this.withinStream(identity, uncapped);
    await this.returnCaps(actor, vendorId, overflow, now);
    const reason = 'contact-policy';
    return {
      passed: going,
      refused: [...refused, ...capped.map(({ message, running }) => ({ message, running, reason }) as const)],
      postponed: [...postponed, ...throttled, ...overflow],
      clockChanges,
    };
  }

  /** What waits for room in the stream reserves its uses again when it goes. */
  private async returnCaps(
    actor: SystemActor,
    vendorId: VendorId,
    waiting: readonly Postponed[],
    now: Date,
  ): Promise<void> {
    if (waiting.length === 0) return;
    const at = frequencyUseAt(now);
    const holders = waiting.map(({ message: { contactId } }) => ({ contactId, frequencyUseAt: at }));
    await this.caps.release(actor, vendorId, holders);
  }

  /**
   * Contacts that a vendor's or the platform's suppression forbids. Counts the
   * messages, but not those that an organisation's own list refuses: a large
   * list overlaps with honest partners' contacts.
   */
  private async suppressedElsewhere(
    actor: SystemActor,
    vendorId: VendorId,
    asked: readonly Passed[],
    now: Date,
  ): Promise<ReadonlyMap<ContactId, unknown>> {
    const ids = asked.map(({ message }) => message.contactId);
    const found = await this.shared.ofContacts(actor, vendorId, ids);
    const counted = asked.filter(({ message }) => found.get(message.contactId) === 'person');
    const [first] = counted;
    if (first !== undefined) await this.refusals.record(first.message.partnerId, counted.length, now);
    return found;
  }

  /** Messages to mail servers that have asked for a lower rate. */
  private async throttled(passed: readonly Passed[]): Promise<Postponed[]> {
    const until = await this.destinations.reserve(passed.map(({ contact }) => domainOf(contact.email)));
    return passed.flatMap(({ message }, at) => {
      const wait = until[at] ?? null;
      return wait === null ? [] : [{ message, reason: 'destination-waits', until: wait }];
    });
  }

  /**
   * The last messages wait if the stream has no room. A message that was tried
   * before has its room already.
   */
  private async withinStream(
    identity: SendingIdentity,
    passed: readonly Passed[],
  ): Promise<{ going: readonly Passed[]; overflow: readonly Postponed[] }> {
    const [first] = passed;
    if (first === undefined) return { going: [], overflow: [] };
    const ordered = [...passed].sort(
      (a, b) => Number(isFirstAttempt(a)) - Number(isFirstAttempt(b)) || byDueTime(a.message, b.message),
    );
    const fresh = ordered.filter(isFirstAttempt);
    const stream = { partnerId: first.message.partnerId, ...streamOf(identity) };
    const { waits } = await this.streams.reserve(stream, fresh.length);
    const overflow = waits.flatMap((wait, at) => {
      const message = fresh[fresh.length - waits.length + at]?.message;
      return message === undefined ? [] : [{ message, ...wait }];
    });
    return { going: ordered.slice(0, ordered.length - overflow.length), overflow };
  }
}
