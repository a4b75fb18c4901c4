import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { GateFixes } from '../../../shared/GateList';
import type { EditSession } from '../edit-session';
import { useUndo } from '../undo';
import { applyAll, canFix, type Fix, fixOf } from './fixes';

/**
 * Fixes of the shown problems: one, or all of a gate at once.
 * @param isOld whether the problems are those of earlier texts.
 */
export function useFixes(
  edits: EditSession,
  isOld: boolean,
): GateFixes & Pick<ReturnType<typeof useUndo>, 'canUndo' | 'undo'> {
  const { t } = useTranslation();
  const { texts, uploads } = edits;
  const { write, canUndo, undo } = useUndo(edits, 'checks');
  const isReadable = canFix(texts);
  const find: typeof fixOf = (problem) => {
    // Deleted, a file that is only in the draft could not be brought back.
    const isGone = problem.code === 'file-unused' && uploads.some(({ path }) => path === problem.file);
    return !isReadable || isGone ? null : fixOf(problem, texts);
  };
  return {
    canUndo,
    undo,
    isOld,
    nameOf: (problem) => find(problem, texts)?.name ?? null,
    fix: (problems) => {
      const fixes = problems.map((problem) => find(problem, texts)).filter((fix): fix is Fix => fix !== null);
      const changes = applyAll(fixes, texts);
      if (Object.keys(changes).length > 0) write(changes);
      else notifications.show({ color: 'yellow', message: t('gates.nothingFixed') });
    },
  };
}
