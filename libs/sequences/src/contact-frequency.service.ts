import { Injectable } from '@nestjs/common';
import { Preferences } from '#contacts';
import { Ledger } from '#delivery';
import type { ContactId, SystemActor } from '#kernel';

const DAY_MS = 86_400_000;

/** Keeps to what people said about how often, and about what. */
@Injectable()
export class ContactFrequency {
  constructor(
    private readonly preferences: Preferences,
    private readonly ledger: Ledger,
  ) {}

  /** The topics of those who refused any; in the open transaction. */
  refusedTopics(
    actor: SystemActor,
    contactIds: readonly ContactId[],
  ): Promise<ReadonlyMap<ContactId, ReadonlySet<string>>> {
    return this.preferences.refusedBy(actor, contactIds);
  }

  /** Those to whom the last mail is too recent for what they want; in the open transaction. */
  async tooSoon(actor: SystemActor, contactIds: readonly ContactId[], now: Date): Promise<Set<ContactId>> {
    const wishes = await this.preferences.of(actor, contactIds);
    if (wishes.size === 0) return new Set();
    const last = await this.ledger.lastHandedOver([...wishes.keys()]);
    return new Set(
      [...wishes].flatMap(([id, days]) => {
        const at = last.get(id);
        return at !== undefined && now.getTime() - at.getTime() < days * DAY_MS ? [id] : [];
      }),
    );
  }
}
