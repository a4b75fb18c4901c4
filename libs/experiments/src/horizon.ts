import type { Difference } from './proportion.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** People count who enter within so many days of the first one. */
const ENTER_DAYS = 14;
/** What a person does counts for so many days after the person entered. */
const FOLLOW_DAYS = 28;

/** Whom a comparison counts, and when it is read. */
export interface Horizon {
  /** Entered before: is compared. */
  readonly enteredBefore: Date;
  readonly followDays: number;
  /** Everybody who is compared has been followed to the end. */
  readonly readAt: Date;
}

/**
 * What a comparison says. `open`: its day has not come, and whatever the interval shows, nothing is decided.
 * `none`: the interval contains zero.
 */
type Verdict = 'open' | 'better' | 'worse' | 'none';

/**
 * The horizon of an activation, fixed at its start: a comparison that is read on the day on which it looks
 * good finds effects that do not exist.
 */
export function horizonOf(startAt: Date): Horizon {
  const enteredBefore = new Date(startAt.getTime() + ENTER_DAYS * DAY_MS);
  return { enteredBefore, followDays: FOLLOW_DAYS, readAt: new Date(enteredBefore.getTime() + FOLLOW_DAYS * DAY_MS) };
}

/**
 * When a test of e-mails is read: as planned, or later where a limit has stretched the sending, when the last
 * recipient has been followed to the end. That depends on when e-mails go out, and never on what they bring.
 * @param plannedAt by the horizon and the steps.
 * @param waiting compared people that have not got the e-mail: they may get it now at the earliest.
 */
export function testReadAt({
  plannedAt,
  lastSentAt,
  waiting,
  followDays,
  now,
}: Pick<Horizon, 'followDays'> & {
  readonly plannedAt: Date;
  readonly lastSentAt: Date | null;
  readonly waiting: number;
  readonly now: Date;
}): Date {
  const lastAt = waiting > 0 ? now : lastSentAt;
  const followedAt = lastAt === null ? plannedAt : new Date(lastAt.getTime() + followDays * DAY_MS);
  return followedAt > plannedAt ? followedAt : plannedAt;
}

/** @param readAt null: the interval holds at every look. */
export function verdictOf(difference: Difference | null, readAt: Date | null, now: Date): Verdict {
  if (difference === null || (readAt !== null && now < readAt)) return 'open';
  if (difference.from > 0) return 'better';
  return difference.to < 0 ? 'worse' : 'none';
}
