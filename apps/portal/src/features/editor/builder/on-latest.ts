import { revertChange } from '../revert-change';
import type { Texts } from './email-copy';

/**
 * Texts of an act that was made on older texts: a pane may be a moment behind.
 * @returns null if its place has changed since.
 */
export function onLatest(written: Texts, made: Texts, now: Texts): Texts | null {
  const texts = Object.entries(written).map(([file, after]) => {
    const [before, current] = [made[file] ?? '', now[file] ?? ''];
    return [file, before === current ? after : revertChange({ before: after, after: before }, current)] as const;
  });
  return texts.some(([, text]) => text === null)
    ? null
    : Object.fromEntries(texts.map(([file, text]) => [file, text ?? '']));
}
