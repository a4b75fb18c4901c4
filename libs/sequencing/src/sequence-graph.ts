import { launchEntryOf, startsOf } from './entry.js';
import type { SequenceDefinition } from './sequence-definition.js';
import { END, isAction, isChoice, type SequenceStep, type Wait } from './step.js';

/** An edge from one step to another, or to the end. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  /** `next` and `else`: by default. `then`: if its condition is true. */
  readonly by: 'next' | 'then' | 'else';
  /** Index of the step's transition; null for `next` and `else`. */
  readonly transition: number | null;
  /** Position in the source, from `sequence` on; without a key, the step. */
  readonly path: readonly (string | number)[];
}

type Steps = Pick<SequenceDefinition, 'steps'>;
type Entered = Pick<SequenceDefinition, 'steps' | 'entries'>;

export const stepOf = ({ steps }: Steps, key: string): SequenceStep | undefined =>
  steps.find((step) => step.key === key);

/** The step behind one in the list, or the end. */
export function following({ steps }: Steps, key: string): string {
  return steps[steps.findIndex((step) => step.key === key) + 1]?.key ?? END;
}

/**
 * Whether the edge starts another round: a step is visited once per round at
 * most.
 */
export function isBack({ steps }: Steps, from: string, to: string): boolean {
  const at = (key: string): number => steps.findIndex((step) => step.key === key);
  return to !== END && at(to) <= at(from);
}

/** All edges of a sequence, in the order of its steps. */
export function edgesOf(sequence: Steps): Edge[] {
  return sequence.steps.flatMap((step, at): Edge[] => {
    const follows = sequence.steps[at + 1]?.key ?? END;
    const edge = (
      by: Edge['by'],
      to: string | undefined,
      path: readonly (string | number)[],
      transition: number | null = null,
    ) => ({
      from: step.key,
      to: to ?? follows,
      by,
      transition,
      path: ['steps', at, ...(to === undefined ? [] : path)],
    });
    if (!isChoice(step)) return [edge('next', step.next, ['next'])];
    return [
      ...step.transitions.map(({ then }, way) => edge('then', then, [step.kind, way, 'then'], way)),
      edge('else', step.else, ['else']),
    ];
  });
}

/**
 * Earliest hours from an entry for each step, without windows and dates.
 * Unreachable steps are left out.
 */
export function earliestHours(sequence: Entered): ReadonlyMap<string, number> {
  const hours = new Map<string, number>(startsOf(sequence).map((start) => [start, 0]));
  const edges = edgesOf(sequence);
  // As often as a path can be long: a shorter one may come from behind.
  for (let length = 0; length < sequence.steps.length; length++)
    for (const { from, to, by } of edges) {
      const reached = hours.get(from);
      const step = stepOf(sequence, from);
      if (reached === undefined || step === undefined || to === END) continue;
      const at =
        reached +
        (step.kind === 'wait' ? hoursOf(step) : step.kind === 'until' && by === 'else' ? hoursOf(step.within) : 0);
      if (at < (hours.get(to) ?? Infinity)) hours.set(to, at);
    }
  return hours;
}

/**
 * The largest number of different actions that one contact of the list at
 * launch can get: those on the longest path. With a loop, a contact can take
 * several paths: then all actions count.
 */
export function mostActions(sequence: Entered): number {
  const edges = edgesOf(sequence);
  const actions = sequence.steps.filter(isAction).length;
  if (edges.some(({ from, to }) => isBack(sequence, from, to))) return actions;
  // Without loops, edges lead to later steps only.
  const most = new Map<string, number>([[END, 0]]);
  for (const step of [...sequence.steps].reverse()) {
    const onward = edges.filter(({ from }) => from === step.key).map(({ to }) => most.get(to) ?? 0);
    most.set(step.key, Math.max(0, ...onward) + (isAction(step) ? 1 : 0));
  }
  const launch = launchEntryOf(sequence);
  return launch === undefined ? 0 : (most.get(launch.start) ?? 0);
}

const hoursOf = (wait: Wait): number =>
  'hours' in wait ? wait.hours : 'businessDays' in wait ? wait.businessDays * 24 : 0;
