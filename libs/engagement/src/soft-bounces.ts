import type { RecentMessage } from '#delivery';

/**
 * So many soft bounces in a row, over at least so long.
 * A full mailbox is emptied after a holiday; a dead one is not.
 */
export const SOFT_BOUNCES = { inARow: 3, overMs: 3 * 86_400_000 } as const;

/** @param newest the newest messages to a contact, newest first. */
export function isSuppressedBySoftBounces(newest: readonly RecentMessage[]): boolean {
  const last = newest.slice(0, SOFT_BOUNCES.inARow);
  const [newer, older] = [last[0], last.at(-1)];
  if (last.length < SOFT_BOUNCES.inARow || newer === undefined || older === undefined) return false;
  if (!last.every(({ state, reason }) => state === 'bounced' && reason === 'bounced-soft')) return false;
  return newer.submittedAt.getTime() - older.submittedAt.getTime() >= SOFT_BOUNCES.overMs;
}
