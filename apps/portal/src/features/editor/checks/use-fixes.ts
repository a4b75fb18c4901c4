import { useMemo } from 'react';
import type { GateFixes } from '../../../shared/GateList';
import type { EditSession } from '../edit-session';
import { applyAll, canFix, type Fix, fixOf } from './fixes';

/** Fixes of the shown problems: one, or all of a gate at once. */
export function useFixes({ texts, write }: Pick<EditSession, 'texts' | 'write'>): GateFixes {
  return useMemo(() => {
    const isReadable = canFix(texts);
    return {
      nameOf: (problem) => (isReadable ? (fixOf(problem, texts)?.name ?? null) : null),
      fix: (problems) => {
        const fixes = problems.map((problem) => fixOf(problem, texts)).filter((fix): fix is Fix => fix !== null);
        write(applyAll(fixes, texts));
      },
    };
  }, [texts, write]);
}
