import { type Output, type Recall, recallOf } from '#campaigns';

/**
 * What becomes of an e-mail that a recall forbids.
 * `skip`: it alone is recalled, and its contact goes on without it.
 * `wait`: so is what would follow, until the recall is reversed.
 */
export type RecallVerdict = 'skip' | 'wait' | null;

/** @param recalls in force for its activation, newest first. */
export function recallVerdict(recalls: readonly Recall[], email: Omit<Output, 'kind'>): RecallVerdict {
  const recall = recallOf(recalls, { ...email, kind: 'email' });
  if (recall === null) return null;
  return recall.tactic === null && recall.asset === null ? 'wait' : 'skip';
}
