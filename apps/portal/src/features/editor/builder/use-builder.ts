import { notifications } from '@mantine/notifications';
import { blocksOf, parseSource, type SourceElement } from '#template-source';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditSession } from '../edit-session';
import { templateOf } from '../new-files';
import { useUndo } from '../undo';
import type { Act, Email } from './acts';
import { onLatest } from './on-latest';
import { useLatest, useSame } from './use-latest';

/** The state of the builder: the e-mail, its blocks and the selected one. */
export interface Builder {
  readonly email: Email;
  readonly source: string;
  readonly blocks: readonly SourceElement[];
  /** The source has markup that cannot be read. */
  readonly isBroken: boolean;
  readonly selected: number | null;
  readonly block: SourceElement | null;
  readonly select: (number: number | null) => void;
  /** Number of the block whose text is edited in its place. */
  readonly writing: number | null;
  readonly setWriting: (number: number | null) => void;
  /** Does an act; null does nothing. */
  readonly perform: (act: Act | null) => void;
  readonly history: Pick<ReturnType<typeof useUndo>, 'canUndo' | 'canRedo' | 'undo' | 'redo'>;
}

export function useBuilder(edits: EditSession, key: string, locale: string, locales: readonly string[]): Builder {
  const file = templateOf(edits.texts, key);
  const history = useUndo(edits, `builder ${file}`);
  const [selected, select] = useState<number | null>(null);
  const [writing, setWriting] = useState<number | null>(null);
  const source = edits.textOf(file);
  const { blocks, isBroken } = useMemo(() => {
    const tree = parseSource(source);
    const isBroken = tree.problems.length > 0;
    // An edit could tear apart what the tree does not understand.
    return { blocks: isBroken ? [] : blocksOf(tree), isBroken };
  }, [source]);
  const texts = useSame(edits.texts);
  const email = useSame({ texts, key, file, locales: useSame(locales), locale });
  const { t } = useTranslation();
  const say = useLatest(t);
  const latest = useLatest({ texts, history });
  const { canUndo, canRedo } = history;
  // The same object until something of it changes: panes beside the canvas are
  // rendered after it, and only then.
  return useMemo(
    // eslint-disable-next-line react-hooks/preserve-manual-memoization -- useLatest returns the same object.
    () => ({
      email,
      source,
      blocks,
      isBroken,
      selected,
      block: selected === null ? null : (blocks[selected] ?? null),
      select,
      writing,
      setWriting,
      perform: (act) => {
        const { texts: now, history: kept } = latest.current;
        const written = act === null ? null : onLatest(act.texts, email.texts, now);
        if (act !== null && written === null)
          notifications.show({ color: 'yellow', message: say.current('builder.changedMeanwhile') });
        if (act === null || written === null) return;
        kept.write(written);
        select(act.select);
      },
      history: {
        canUndo,
        canRedo,
        undo: () => latest.current.history.undo(),
        redo: () => latest.current.history.redo(),
      },
    }),
    [email, source, blocks, isBroken, selected, writing, latest, say, canUndo, canRedo],
  );
}
