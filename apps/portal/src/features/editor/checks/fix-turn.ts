import type { Problem } from '../../../shared/gates';

/** Whether the shown problems are those of the current texts: not yet, yes, or the check failed. */
export type CheckState = 'old' | 'current' | 'failed';

/** What happens to fixes that an author pressed. */
export type FixTurn =
  | { readonly kind: 'wait' }
  | { readonly kind: 'apply'; readonly problems: readonly Problem[] }
  | { readonly kind: 'refuse'; readonly why: 'fixGone' | 'fixUnchecked' };

/**
 * A fix is applied to problems of the current texts only: applied twice, it
 * would add a second wait. A press before the check has ended waits for it.
 * @param pressed problems whose fix was pressed, of whatever check.
 * @param problems of the last check.
 */
export function turnOf(pressed: readonly Problem[], state: CheckState, problems: readonly Problem[]): FixTurn {
  if (state === 'old') return { kind: 'wait' };
  if (state === 'failed') return { kind: 'refuse', why: 'fixUnchecked' };
  const left = problems.filter((problem) => pressed.some((one) => isSame(one, problem)));
  return left.length === 0 ? { kind: 'refuse', why: 'fixGone' } : { kind: 'apply', problems: left };
}

/** Whatever its line: an edit above it moves it. */
const isSame = (one: Problem, other: Problem): boolean =>
  one.code === other.code && one.file === other.file && one.message === other.message;
