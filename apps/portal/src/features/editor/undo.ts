import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditSession } from './edit-session';
import { revertChange, type TextChange } from './revert-change';

/** How many changes can be taken back. */
const MOST_UNDONE = 50;
type Texts = Readonly<Record<string, string>>;
/** A file that was made has nothing before. */
type Made = Pick<TextChange, 'after'> & { readonly before: null };
type Change = Readonly<Record<string, TextChange | Made>>;
type Taken = readonly [path: string, text: string | null];

/** A file as it was before a change, null for none; none at all where the same place has changed since. */
function back([path, written]: [string, TextChange | Made], now: string): Taken[] {
  if (written.before === null) return now === written.after ? [[path, null]] : [];
  const text = revertChange(written, now);
  return text === null ? [] : [[path, text]];
}

/**
 * Writes files of the desk and takes it back, change by change. What can be taken back stays with the session of the editor.
 * @param of whose changes they are: each document has its own.
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
      // Half of a change taken back is another change.
      if (texts.length === written.length) edits.write(Object.fromEntries(texts));
      else notifications.show({ color: 'yellow', message: t('steps.undoGone') });
    },
  };
}
