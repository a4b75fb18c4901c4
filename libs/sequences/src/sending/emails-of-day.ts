import type { ActivationId, ContactId } from '#kernel';
import { dateOn, startOfDate } from '#sequencing';

/** An e-mail of an activation that went to a contact. */
export interface SentEmail {
  readonly contactId: ContactId;
  readonly activationId: ActivationId;
  readonly at: Date;
}

/**
 * The e-mails that contacts got lately, against the partner's limit for a day.
 * E-mails of the same activation do not count: the vendor has planned their
 * times, and the launch showed them.
 */
export class EmailsOfDay {
  private readonly sent: SentEmail[];

  /** @param limit of a day; null: none. */
  constructor(
    private readonly limit: number | null,
    sent: readonly SentEmail[],
  ) {
    this.sent = [...sent];
  }

  /**
   * The activation is null before its launch.
   * @returns when the contact's next day begins, if the limit of its day is
   *   reached; else null.
   */
  fullUntil(
    { contactId, activationId }: { readonly contactId: ContactId; readonly activationId: ActivationId | null },
    timeZone: string,
    now: Date,
  ): Date | null {
    if (this.limit === null) return null;
    const today = dateOn(now, timeZone);
    const others = this.sent.filter(
      (one) => one.contactId === contactId && one.activationId !== activationId && dateOn(one.at, timeZone) === today,
    );
    return others.length < this.limit ? null : startOfNextDay(today, timeZone);
  }

  /** Counts an e-mail that is sent now. */
  count(email: SentEmail): void {
    this.sent.push(email);
  }
}

/** @param date of the contact's calendar. */
export const startOfNextDay = (date: string, timeZone: string): Date => startOfDate(dayAfter(date), timeZone);

function dayAfter(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}
