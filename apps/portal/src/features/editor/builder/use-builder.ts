import { blocksOf, parseSource, type SourceElement } from '#template-source';
import { useMemo, useState } from 'react';
import type { EditSession } from '../edit-session';
import { templateOf } from '../new-files';
import { useUndo } from '../undo';
import type { Act, Email } from './acts';

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
  readonly history: ReturnType<typeof useUndo>;
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
  const email = { texts: edits.texts, key, file, locales, locale };
  return {
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
      if (act === null) return;
      history.write(act.texts);
      select(act.select);
    },
    history,
  };
}
