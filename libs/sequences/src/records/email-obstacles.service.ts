import { Injectable } from '@nestjs/common';
import type { RunningActivation } from '#activations';
import { frequencyUseAt, isAtOwnCap, longestWindowMs, OrganisationFrequencyCaps, Preferences } from '#contacts';
import { ContactSendHistory } from '#delivery';
import { Clock, type ContactId, DAY_MS, type SystemActor, type VendorId } from '#kernel';

/** The next e-mail of a waiting contact. */
export interface NextEmail {
  /** Null: none without a further event. */
  readonly at: Date | null;
  /**
   * Why it gets no e-mail although it waits: none at all, or not the one at
   * `at`. Null: it gets one.
   */
  readonly blocked: string | null;
}

/** An e-mail of another campaign of the partner that is planned before. */
interface PlannedBefore {
  readonly at: Date;
  readonly vendorId: VendorId;
}

/** What becomes of a contact's e-mail at a time; null: it has none. */
type OutcomeOf = (id: ContactId, at: Date | null, before: readonly PlannedBefore[]) => NextEmail;

/** What will keep planned e-mails from being sent, as far as the partner may know it. */
@Injectable()
export class EmailObstacles {
  constructor(
    private readonly clock: Clock,
    private readonly preferences: Preferences,
    private readonly history: ContactSendHistory,
    private readonly caps: OrganisationFrequencyCaps,
  ) {}

  /** In the open transaction of the partner's scope. */
  async ofContacts(
    system: SystemActor,
    running: RunningActivation,
    contactIds: readonly ContactId[],
  ): Promise<OutcomeOf> {
    const wishes = await this.wishes(system, running.topic, contactIds);
    const isOverLimit = await this.ownLimit(system, running, contactIds);
    return (id, at, before) => (isOverLimit(id, at, before) ? { at, blocked: 'own-limit' } : wishes(id, at));
  }

  /**
   * The frequency caps that hold for this partner, by its own e-mails alone.
   * What other partners send may use them up, too: that is not shown.
   * @returns whether an e-mail of the campaign will be skipped, after others
   *   that the partner plans.
   */
  private async ownLimit(
    system: SystemActor,
    { activation: { vendorId, partnerId } }: RunningActivation,
    contactIds: readonly ContactId[],
  ): Promise<(...asked: Parameters<OutcomeOf>) => boolean> {
    const now = this.clock.now();
    const caps = await this.caps.inForce(system, vendorId, partnerId, now);
    const since = new Date(now.getTime() - longestWindowMs([...caps.ofMembership, ...caps.ofPartner]));
    const sent = await this.history.frequencyUses(vendorId, contactIds, since);
    return (id, at, planned) => {
      if (at === null) return false;
      const uses = planned.map((one) => ({ at: frequencyUseAt(one.at), ofVendor: one.vendorId === vendorId }));
      return isAtOwnCap(caps, [...(sent.get(id) ?? []), ...uses], at);
    };
  }

  /**
   * What contacts told this partner: topics that they refuse, and how often
   * they want e-mails.
   * @returns what becomes of an e-mail at a time.
   */
  private async wishes(
    actor: SystemActor,
    topic: string,
    contactIds: readonly ContactId[],
  ): Promise<(id: ContactId, at: Date | null) => NextEmail> {
    const refused = await this.preferences.refusedTopics(actor, contactIds);
    const days = await this.preferences.intervalDays(actor, contactIds);
    const last = days.size === 0 ? new Map<ContactId, Date>() : await this.history.lastSubmitted([...days.keys()]);
    return (id, at) => {
      if (refused.get(id)?.has(topic) === true) return { at: null, blocked: 'topic-refused' };
      const [every, lastAt] = [days.get(id), last.get(id)];
      const isTooSoon =
        at !== null && every !== undefined && lastAt !== undefined && at.getTime() - lastAt.getTime() < every * DAY_MS;
      return { at, blocked: isTooSoon ? 'prefers-fewer' : null };
    };
  }
}
