import { revertChange } from './revert-change';

/** Changes to files, and the text they were made from. */
export interface Edit {
  /** New text by path; null deletes the file. */
  readonly changes: Readonly<Record<string, string | null>>;
  readonly before: Readonly<Record<string, string>>;
}

export const isEdit = (kept: unknown): kept is Edit =>
  typeof kept === 'object' && kept !== null && 'changes' in kept && 'before' in kept;

/**
 * Three-way merge of changes into files that other users have changed.
 * @returns merged files by path, and the files with conflicts; in a conflict
 *   the unsaved text wins.
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
    // The inverse of the diff from the unsaved to the old text is the user's
    // change.
    const both =
      base === undefined || theirs === undefined ? null : revertChange({ before: mine, after: base }, theirs);
    const isNew = base === undefined && theirs === undefined;
    if (both === null && !isNew) clashes.push(path);
    texts[path] = both ?? mine;
  }
  return { texts, clashes };
}
