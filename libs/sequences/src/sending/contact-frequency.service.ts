import { Injectable } from '@nestjs/common';
import { Preferences } from '#contacts';
import { ContactSendHistory } from '#delivery';
import { type ContactId, type SystemActor, DAY_MS } from '#kernel';

/** Frequency preferences of contacts, and their last e-mails. */
export class FrequencyPreferences {
  private readonly last: Map<ContactId, Date>;

  constructor(
    private readonly days: ReadonlyMap<ContactId, number>,
    last: ReadonlyMap<ContactId, Date>,
    private readonly now: Date,
  ) {
    this.last = new Map(last);
  }

  /** Whether the last e-mail is more recent than the contact wants. */
  isTooSoon(id: ContactId): boolean {
    const [days, at] = [this.days.get(id), this.last.get(id)];
    return days !== undefined && at !== undefined && this.now.getTime() - at.getTime() < days * DAY_MS;
  }

  /**
   * Counts an e-mail that is sent now: another to the same contact is too soon.
   */
  countMail(id: ContactId): void {
    this.last.set(id, this.now);
  }
}

/** Reads the frequency and topic preferences of contacts. */
@Injectable()
export class ContactFrequency {
  constructor(
    private readonly preferences: Preferences,
    private readonly history: ContactSendHistory,
  ) {}

  /** In the open transaction. @returns refused topics, by contact. */
  refusedTopics(
    actor: SystemActor,
    contactIds: readonly ContactId[],
  ): Promise<ReadonlyMap<ContactId, ReadonlySet<string>>> {
    return this.preferences.refusedTopics(actor, contactIds);
  }

  /**
   * Locks and reads the frequency preferences of contacts until the open
   * transaction ends. A second message to one contact waits for the decision on
   * the first.
   */
  async lockPreferences(
    actor: SystemActor,
    contactIds: readonly ContactId[],
    now: Date,
  ): Promise<FrequencyPreferences> {
    const days = await this.preferences.lockedIntervalDays(actor, contactIds);
    // Must follow the lock: it then sees messages that earlier holders of the
    // lock have released.
    const last = days.size === 0 ? new Map<ContactId, Date>() : await this.history.lastSubmitted([...days.keys()]);
    return new FrequencyPreferences(days, last, now);
  }
}
