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

/**
 * Changes files and undoes the changes one by one.
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
  return {
    canUndo: past.length > 0,
    write: (texts: Texts): void => {
      const change = Object.fromEntries(
        Object.entries(texts)
          .map(([path, after]) => [path, { before: edits.texts[path] ?? null, after }] as const)
          .filter(([, { before, after }]) => before !== after),
      );
      if (Object.keys(change).length === 0) return;
      keep([...past.slice(1 - MOST_UNDONE), change]);
      edits.write(texts);
    },
    undo: (): void => {
      const last = past.at(-1);
      if (last === undefined) return;
      keep(past.slice(0, -1));
      const written = Object.entries(last);
      const texts = written.flatMap((one) => back(one, edits.textOf(one[0])));
      // A partial undo would be another change.
      if (texts.length === written.length) edits.write(Object.fromEntries(texts));
      else notifications.show({ color: 'yellow', message: t('steps.undoGone') });
    },
  };
}
