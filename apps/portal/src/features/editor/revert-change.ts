import { diff } from '@codemirror/merge';
import { ChangeSet, Text } from '@codemirror/state';

/** A text before and after a change. */
interface TextChange {
  readonly before: string;
  readonly after: string;
}

/** A file before and after a change; null: there is none, or it has no text. */
export interface FileChange {
  readonly before: string | null;
  readonly after: string | null;
}

const LINE = '\n';
const changesFrom = (a: string, b: string): ChangeSet =>
  ChangeSet.of(
    diff(a, b).map(({ fromA, toA, fromB, toB }) => ({ from: fromA, to: toA, insert: b.slice(fromB, toB) })),
    a.length,
    LINE,
  );

/**
 * Reverts a change in a text that may have changed elsewhere since.
 * Documents share `campaign.yaml`, and each reverts only its own changes.
 * @returns null if the same place has changed since.
 */
export function revertChange({ before, after }: TextChange, now: string): string | null {
  if (now === after) return before;
  const since = changesFrom(after, now);
  const back = changesFrom(after, before);
  const places: (readonly [number, number])[] = [];
  back.iterChangedRanges((from, to) => places.push([from, to]));
  if (places.some(([from, to]) => since.touchesRange(from, to) !== false)) return null;
  return back
    .map(since)
    .apply(Text.of(now.split(LINE)))
    .sliceString(0, undefined, LINE);
}

/**
 * The same for a file, which the change may have made or deleted.
 * @returns undefined if the same place has changed since.
 */
export function revertFile({ before, after }: FileChange, now: string | null): string | null | undefined {
  if (now === after) return before;
  if (before === null || after === null || now === null) return undefined;
  return revertChange({ before, after }, now) ?? undefined;
}
