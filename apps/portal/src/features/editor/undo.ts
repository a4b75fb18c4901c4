import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditSession } from './edit-session';
import { revertChange, type TextChange } from './revert-change';

/** Length of the undo history. */
const MOST_UNDONE = 50;
type Texts = Readonly<Record<string, string>>;
/** A created file has no text before. */
type Made = Pick<TextChange, 'after'> & { readonly before: null };
type Change = Readonly<Record<string, TextChange | Made>>;
type Taken = readonly [path: string, text: string | null];

/**
 * Text of a file before a change, null if it did not exist.
 * Empty if the same place has changed since.
 */
function back([path, written]: [string, TextChange | Made], now: string): Taken[] {
  if (written.before === null) return now === written.after ? [[path, null]] : [];
  const text = revertChange(written, now);
  return text === null ? [] : [[path, text]];
}

/** The text of a file with an undone change again; empty as with `back`. */
function again([path, written]: [string, TextChange | Made], now: string): Taken[] {
  if (written.before === null) return now === '' ? [[path, written.after]] : [];
  const text = revertChange({ before: written.after, after: written.before }, now);
  return text === null ? [] : [[path, text]];
}

/**
 * Changes files, undoes the changes one by one, and does them again.
 * The history lives in the session of the editor.
 * @param of key of the history: each document has its own.
 */
export function useUndo(edits: EditSession, of: string) {
  const { t } = useTranslation();
  const kept = (edits.session.get(`undo ${of}`) ?? []) as readonly Change[];
  const [past, show] = useState(kept);
  const keep = (changes: readonly Change[]): void => {
    edits.session.set(`undo ${of}`, changes);
    show(changes);
  };
  const undone = (edits.session.get(`redo ${of}`) ?? []) as readonly Change[];
  const keepUndone = (changes: readonly Change[]): void => void edits.session.set(`redo ${of}`, changes);
  /** Writes a change and says whether it did. A part of it would be another change. */
  const apply = (change: Change, textsOf: typeof back): boolean => {
    const written = Object.entries(change);
    const texts = written.flatMap((one) => textsOf(one, edits.textOf(one[0])));
    const isWhole = texts.length === written.length;
    if (isWhole) edits.write(Object.fromEntries(texts));
    else notifications.show({ color: 'yellow', message: t('steps.undoGone') });
    return isWhole;
  };
  return {
    canUndo: past.length > 0,
    canRedo: undone.length > 0,
    write: (texts: Texts): void => {
      const change = Object.fromEntries(
        Object.entries(texts)
          .map(([path, after]) => [path, { before: edits.texts[path] ?? null, after }] as const)
          .filter(([, { before, after }]) => before !== after),
      );
      if (Object.keys(change).length === 0) return;
      keepUndone([]);
      keep([...past.slice(1 - MOST_UNDONE), change]);
      edits.write(texts);
    },
    undo: (): void => {
      const last = past.at(-1);
      if (last === undefined) return;
      if (apply(last, back)) keepUndone([...undone, last]);
      keep(past.slice(0, -1));
    },
    redo: (): void => {
      const next = undone.at(-1);
      if (next === undefined) return;
      keepUndone(undone.slice(0, -1));
      keep(apply(next, again) ? [...past, next] : [...past]);
    },
  };
}
