import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditSession, FileEdits } from './edit-session';
import { type FileChange, revertFile } from './revert-change';

/** Length of the undo history. */
const MOST_UNDONE = 50;
type Change = Readonly<Record<string, FileChange>>;

/** A deleted file without text: the package brings it back. */
const isPicture = ([, { before, after }]: [string, FileChange]): boolean => before === null && after === null;

const swapped = (change: Change): Change =>
  Object.fromEntries(
    Object.entries(change).map(([path, { before, after }]) => [path, { before: after, after: before }]),
  );

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
  /** Reverts a change and says whether it did. A part of it would be another change. */
  const revert = (change: Change): boolean => {
    const texts = Object.entries(change).map(
      ([path, one]) => [path, revertFile(one, edits.texts[path] ?? null)] as const,
    );
    const known = texts.filter((one): one is readonly [string, string | null] => one[1] !== undefined);
    const isWhole = known.length === texts.length;
    if (isWhole) edits.write(Object.fromEntries(known));
    else notifications.show({ color: 'yellow', message: t('steps.undoGone') });
    return isWhole;
  };
  return {
    canUndo: past.length > 0,
    canRedo: undone.length > 0,
    /** @param texts null deletes the file. */
    write: (texts: FileEdits): void => {
      const change = Object.fromEntries(
        Object.entries(texts)
          .map(([path, after]) => [path, { before: edits.texts[path] ?? null, after }] as const)
          .filter(([, { before, after }]) => before !== after || after === null),
      );
      if (Object.keys(change).length === 0) return;
      keepUndone([]);
      keep([...past.slice(1 - MOST_UNDONE), change]);
      edits.write(texts);
    },
    undo: (): void => {
      const last = past.at(-1);
      if (last === undefined) return;
      const changes = Object.entries(last);
      if (revert(Object.fromEntries(changes.filter((one) => !isPicture(one))))) {
        for (const [path] of changes.filter(isPicture)) edits.restore(path);
        keepUndone([...undone, last]);
      }
      keep(past.slice(0, -1));
    },
    redo: (): void => {
      const next = undone.at(-1);
      if (next === undefined) return;
      keepUndone(undone.slice(0, -1));
      keep(revert(swapped(next)) ? [...past, next] : [...past]);
    },
  };
}
