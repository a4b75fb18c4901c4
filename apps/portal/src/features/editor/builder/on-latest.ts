import type { SourceElement } from '#template-source';
import { revertChange } from '../revert-change';
import type { Act, Template } from './acts';
import type { Texts } from './email-copy';

/** An act on the selected block as it is when the act is done. */
export type ActNow = (template: Template, block: SourceElement) => Act | null;

interface Shown {
  readonly template: Template;
  readonly blocks: readonly SourceElement[];
}

/**
 * An act of a pane that may show an older template.
 * @param selected number of the selected block; an `ActNow` is for it.
 * @returns the act on the latest texts; 'changed' if its place is another by now; null: nothing to do.
 */
export function actOnLatest(
  act: Act | ActNow | null,
  selected: number | null,
  shown: Shown,
  now: Shown,
): Act | 'changed' | null {
  if (act === null) return null;
  if (typeof act !== 'function') {
    const texts = onLatest(act.texts, shown.template.texts, now.template.texts);
    return texts === null ? 'changed' : { ...act, texts };
  }
  const [before, block] = [shown, now].map(({ blocks }) => blocks[selected ?? -1]);
  return block === undefined || block.name !== before?.name ? 'changed' : act(now.template, block);
}

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
