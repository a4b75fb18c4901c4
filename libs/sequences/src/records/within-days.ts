import type { ActivationId, ContactId } from '#kernel';
import { EmailsOfDay, type SentEmail } from '../sending/emails-of-day.js';

/** An e-mail that a campaign plans for a contact. */
export interface PlannedEmail {
  readonly contactId: ContactId;
  readonly activationId: ActivationId;
  readonly at: Date;
  /** Of the contact. */
  readonly timeZone: string;
  /** The first open moment from a time on; null: its last day is over. */
  readonly opensAt: (from: Date) => Date | null;
}

/** No contact is in so many campaigns at once that it needs more. */
const MAX_MOVES = 200;

/**
 * When the next e-mails of one contact go out in all campaigns, if it gets at
 * most `limit` a day. As preflight decides: the earlier one goes first, a later
 * one waits for the next open hours from the next day on, unless its last day
 * is over then.
 * @param limit null: none.
 * @param sent lately to the contact.
 */
export function withinDays(
  planned: readonly PlannedEmail[],
  sent: readonly SentEmail[],
  limit: number | null,
): Map<ActivationId, Date> {
  const day = new EmailsOfDay(limit, sent);
  const found = new Map<ActivationId, Date>();
  let waiting = [...planned];
  for (let move = 0; waiting.length > 0; move += 1) {
    const [first, ...others] = waiting.sort(inOrder);
    if (first === undefined) break;
    const tomorrow = day.fullUntil(first, first.timeZone, first.at);
    const later = tomorrow === null || move > MAX_MOVES ? null : first.opensAt(tomorrow);
    waiting = later === null ? others : [...others, { ...first, at: later }];
    if (later !== null) continue;
    day.count(first);
    if (!found.has(first.activationId)) found.set(first.activationId, first.at);
  }
  return found;
}

type Moment = Pick<PlannedEmail, 'at' | 'activationId'>;

/** The activation that was launched first has the smaller id. */
export const inOrder = (one: Moment, other: Moment): number =>
  one.at.getTime() - other.at.getTime() || (one.activationId < other.activationId ? -1 : 1);
