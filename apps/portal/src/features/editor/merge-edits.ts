import { revertChange } from './revert-change';

/** What somebody wrote to files, and what stood in them. */
export interface Edit {
  /** New text by path; null takes a file away. */
  readonly changes: Readonly<Record<string, string | null>>;
  readonly before: Readonly<Record<string, string>>;
}

export const isEdit = (kept: unknown): kept is Edit =>
  typeof kept === 'object' && kept !== null && 'changes' in kept && 'before' in kept;

/**
 * Puts changes into files that others have changed since.
 * @returns the changed files by path, and those in which both changed the same place: there what was written stands.
 */
export function mergeEdits({ changes, before }: Edit, now: Readonly<Record<string, string>>) {
  const texts: Record<string, string | null> = {};
  const clashes: string[] = [];
  for (const [path, mine] of Object.entries(changes)) {
    const [base, theirs] = [before[path], now[path]];
    if (mine === null) {
      if (theirs === undefined) continue;
      if (theirs !== base) clashes.push(path);
      texts[path] = null;
      continue;
    }
    // To take back the way from what was written to what stood there is to write it.
    const both =
      base === undefined || theirs === undefined ? null : revertChange({ before: mine, after: base }, theirs);
    const isNew = base === undefined && theirs === undefined;
    if (both === null && !isNew) clashes.push(path);
    texts[path] = both ?? mine;
  }
  return { texts, clashes };
}
