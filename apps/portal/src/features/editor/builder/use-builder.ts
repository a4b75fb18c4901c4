import { notifications } from '@mantine/notifications';
import { blocksOf, parseSource, type SourceElement } from '#template-source';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditSession } from '../edit-session';
import { templateOf } from '../new-files';
import type { PreviewChoice } from '../TemplatePreview';
import { useUndo } from '../undo';
import type { Act, Template } from './acts';
import { type ActNow, actOnLatest } from './on-latest';
import { useLatest, useSame } from './use-latest';

/** The state of the builder: the e-mail or page, its blocks and the selected one. */
export interface Builder {
  readonly template: Template;
  readonly source: string;
  readonly blocks: readonly SourceElement[];
  /** Offset of the first markup that cannot be read; null: there is none. */
  readonly brokenAt: number | null;
  readonly selected: number | null;
  readonly block: SourceElement | null;
  readonly select: (number: number | null) => void;
  /** Number of the block whose text is edited in its place. */
  readonly writing: number | null;
  readonly setWriting: (number: number | null) => void;
  /** Does an act; null does nothing. */
  readonly perform: (act: Act | ActNow | null) => void;
  readonly history: Pick<ReturnType<typeof useUndo>, 'canUndo' | 'canRedo' | 'undo' | 'redo'>;
}

/** @param focus offset in the block that is selected first. */
export function useBuilder(
  edits: EditSession,
  { kind, key, locale }: Pick<PreviewChoice, 'kind' | 'key' | 'locale'>,
  locales: readonly string[],
  focus: number | null,
): Builder {
  const file = templateOf(edits.texts, kind, key);
  const history = useUndo(edits, `builder ${file}`);
  const [selected, select] = useState<number | null>(() => blockAt(edits.textOf(file), focus));
  const [writing, setWriting] = useState<number | null>(null);
  const source = edits.textOf(file);
  const { blocks, brokenAt } = useMemo(() => {
    const tree = parseSource(source);
    const [brokenAt = null] = tree.problems;
    // An edit could tear apart what the tree does not understand.
    return { blocks: brokenAt === null ? blocksOf(tree) : [], brokenAt };
  }, [source]);
  const texts = useSame(edits.texts);
  const template = useSame({ texts, kind, key, file, locales: useSame(locales), locale });
  const { t } = useTranslation();
  const say = useLatest(t);
  const latest = useLatest({ template, blocks, history });
  const { canUndo, canRedo } = history;
  // The same object until something of it changes: panes beside the canvas are
  // rendered after it, and only then.
  return useMemo(
    () => ({
      template,
      source,
      blocks,
      brokenAt,
      selected,
      block: selected === null ? null : (blocks[selected] ?? null),
      select,
      writing,
      setWriting,
      perform: (act) => {
        const now = latest.current;
        const done = actOnLatest(act, selected, { template, blocks }, now);
        if (done === 'changed')
          notifications.show({ color: 'yellow', message: say.current('builder.changedMeanwhile') });
        else if (done !== null) {
          now.history.write(done.texts);
          select(done.select);
        }
      },
      history: {
        canUndo,
        canRedo,
        undo: () => latest.current.history.undo(),
        redo: () => latest.current.history.redo(),
      },
    }),
    [template, source, blocks, brokenAt, selected, writing, latest, say, canUndo, canRedo],
  );
}

/** Number of the innermost block around an offset; null if there is none. */
function blockAt(source: string, offset: number | null): number | null {
  if (offset === null) return null;
  const tree = parseSource(source);
  const found =
    tree.problems.length > 0 ? -1 : blocksOf(tree).findLastIndex(({ start, end }) => start <= offset && offset < end);
  return found === -1 ? null : found;
}
