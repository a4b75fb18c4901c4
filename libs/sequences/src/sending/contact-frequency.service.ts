import { Injectable } from '@nestjs/common';
import { Preferences } from '#contacts';
import { ContactSendHistory } from '#delivery';
import { type ContactId, type SystemActor, DAY_MS } from '#kernel';

/** Wishes of some people on how often, and what they have got. */
export class FrequencyPreferences {
  private readonly last: Map<ContactId, Date>;

  constructor(
    private readonly days: ReadonlyMap<ContactId, number>,
    last: ReadonlyMap<ContactId, Date>,
    private readonly now: Date,
  ) {
    this.last = new Map(last);
  }

  /** Whether the last mail is too recent for what a person wants. */
  isTooSoon(id: ContactId): boolean {
    const [days, at] = [this.days.get(id), this.last.get(id)];
    return days !== undefined && at !== undefined && this.now.getTime() - at.getTime() < days * DAY_MS;
  }

  /** That one goes now: the next to the same person is too soon. */
  countMail(id: ContactId): void {
    this.last.set(id, this.now);
  }
}

/** Keeps to what people said about how often, and about what. */
@Injectable()
export class ContactFrequency {
  constructor(
    private readonly preferences: Preferences,
    private readonly touches: ContactSendHistory,
  ) {}

  /** The topics of those who refused any; in the open transaction. */
  refusedTopics(
    actor: SystemActor,
    contactIds: readonly ContactId[],
  ): Promise<ReadonlyMap<ContactId, ReadonlySet<string>>> {
    return this.preferences.refusedTopics(actor, contactIds);
  }

  /**
   * Who wants mail less often than it comes, until the open transaction ends:
   * of two messages to one person, whoever decides on the second one waits for
   * the first.
   */
  async lockPreferences(
    actor: SystemActor,
    contactIds: readonly ContactId[],
    now: Date,
  ): Promise<FrequencyPreferences> {
    const days = await this.preferences.lockedIntervalDays(actor, contactIds);
    // A statement after the lock: it sees what those before it have handed off.
    const last = days.size === 0 ? new Map<ContactId, Date>() : await this.touches.lastSubmitted([...days.keys()]);
    return new FrequencyPreferences(days, last, now);
  }
}
