import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GateFixes } from '../../../shared/GateList';
import type { Problem } from '../../../shared/gates';
import type { EditSession } from '../edit-session';
import { useUndo } from '../undo';
import { type CheckState, turnOf } from './fix-turn';
import { applyAll, canFix, type Fix, fixOf } from './fixes';

/**
 * Fixes of the shown problems: one, or all of a gate at once. One that is
 * pressed before the check of the current texts has ended waits for it. A
 * disabled button instead would lose presses: it was enabled when the author
 * aimed at it.
 */
export function useFixes(
  edits: EditSession,
  state: CheckState,
  problems: readonly Problem[],
): GateFixes & Pick<ReturnType<typeof useUndo>, 'canUndo' | 'undo'> {
  const { t } = useTranslation();
  const { texts, uploads } = edits;
  const { write, canUndo, undo } = useUndo(edits, 'checks');
  const [pressed, setPressed] = useState<readonly Problem[]>([]);
  const isReadable = canFix(texts);
  const find: typeof fixOf = (problem) => {
    // Deleted, a file that is only in the draft could not be brought back.
    const isGone = problem.code === 'file-unused' && uploads.some(({ path }) => path === problem.file);
    return !isReadable || isGone ? null : fixOf(problem, texts);
  };
  const warn = (why: 'nothingFixed' | 'fixGone' | 'fixUnchecked'): void =>
    void notifications.show({ color: 'yellow', message: t(`gates.${why}`) });
  const apply = (found: readonly Problem[]): void => {
    const fixes = found.map((problem) => find(problem, texts)).filter((fix): fix is Fix => fix !== null);
    const changes = applyAll(fixes, texts);
    if (Object.keys(changes).length > 0) write(changes);
    else warn('nothingFixed');
  };
  // eslint-disable-next-line react-hooks/exhaustive-deps -- after each drawing: any of them may show that the check has ended
  useEffect(() => {
    if (pressed.length === 0) return;
    const turn = turnOf(pressed, state, problems);
    if (turn.kind === 'wait') return;
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the end of a check, an external event, ends the press
    setPressed([]);
    if (turn.kind === 'apply') apply(turn.problems);
    else warn(turn.why);
  });
  return {
    canUndo,
    undo,
    isWaiting: pressed.length > 0,
    nameOf: (problem) => find(problem, texts)?.name ?? null,
    fix: (found) => setPressed((before) => [...before, ...found]),
  };
}
