import type { SequenceDefinition } from './sequence-definition.js';
import { following, isBack, stepOf } from './sequence-graph.js';
import { END, isChoice } from './step.js';

type Steps = Pick<SequenceDefinition, 'steps'>;

/** A sequence, and the one that it replaces. Steps are matched by their keys alone. */
export interface Replacement {
  readonly earlier: Steps;
  readonly sequence: Steps;
}

/** A step at which a contact goes on, or the end. */
export interface Target {
  readonly step: string;
  /** A way back leads to it. */
  readonly isNewRound: boolean;
}

/**
 * Where a contact goes on that waits at a step of the earlier sequence: at that
 * step. If it is gone, at the next one that is still there. Where the order of
 * steps has changed, one that was to come and is now before comes first, so that
 * it is not lost.
 * @param decided steps that the contact has had in its round.
 */
export function targetOf(
  { earlier, sequence }: Replacement,
  waitsAt: string,
  decided: ReadonlySet<string> = new Set(),
): Target {
  const path = pathFrom(earlier, waitsAt);
  const kept = path.find(({ step }) => stepOf(sequence, step) !== undefined) ?? { step: END, isNewRound: false };
  if (kept.isNewRound || isInOrder({ earlier, sequence })) return kept;
  return { step: earliestIn(sequence, ofThisRound(path), decided), isNewRound: false };
}

/**
 * Where a contact goes on whose step of the earlier sequence has its outcome:
 * where that step leads now. If it is gone, to the next one that is still there.
 * @param decided with that step.
 */
export function targetAfter(
  { earlier, sequence }: Replacement,
  decidedStep: string,
  decided: ReadonlySet<string>,
): Target {
  const step = stepOf(sequence, decidedStep);
  if (step === undefined) return targetOf({ earlier, sequence }, decidedStep, decided);
  const onward = nextByDefault(sequence, decidedStep);
  const isNewRound = isBack(sequence, decidedStep, onward);
  if (isNewRound || isInOrder({ earlier, sequence })) return { step: onward, isNewRound };
  const toCome = ofThisRound(pathFrom(earlier, decidedStep));
  return { step: earliestIn(sequence, [onward, ...toCome], decided), isNewRound };
}

/** Whether steps that are in both come in the same order. Then none comes first that was behind. */
export function isInOrder({ earlier, sequence }: Replacement): boolean {
  const places = earlier.steps
    .map(({ key }) => sequence.steps.findIndex((step) => step.key === key))
    .filter((place) => place >= 0);
  return places.every((place, index) => index === 0 || place > (places[index - 1] ?? -1));
}

/** A step, and those behind it if no event comes. It ends before a step that it has already. */
function pathFrom(sequence: Steps, from: string): Target[] {
  const path: Target[] = [];
  let here: Target = { step: from, isNewRound: false };
  while (here.step !== END && path.every(({ step }) => step !== here.step)) {
    path.push(here);
    const onward = nextByDefault(sequence, here.step);
    here = { step: onward, isNewRound: here.isNewRound || isBack(sequence, here.step, onward) };
  }
  return path;
}

const ofThisRound = (path: readonly Target[]): string[] =>
  path.filter(({ isNewRound }) => !isNewRound).map(({ step }) => step);

function nextByDefault(sequence: Steps, key: string): string {
  const step = stepOf(sequence, key);
  const onward = step === undefined ? undefined : isChoice(step) ? step.else : step.next;
  return onward ?? following(sequence, key);
}

const earliestIn = ({ steps }: Steps, keys: readonly string[], decided: ReadonlySet<string>): string =>
  steps.find(({ key }) => keys.includes(key) && !decided.has(key))?.key ?? END;
