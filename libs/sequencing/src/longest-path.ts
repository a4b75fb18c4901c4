import { startsOf } from './entry.js';
import type { SequenceDefinition } from './sequence-definition.js';
import { edgesOf, isBack } from './sequence-graph.js';
import { END, isAction, type SequenceStep } from './step.js';

type Steps = Pick<SequenceDefinition, 'steps' | 'entries'>;

/**
 * Days from a start to the end on the longest path of any entry, from the graph alone. Ways
 * back are followed once: loops have no longest path. Windows and holidays are
 * not counted.
 * @returns whole days, rounded up.
 */
export function longestPathDays(sequence: Steps, startAt: Date): number {
  const forward = longestHours(sequence, startAt, new Map(startsOf(sequence).map((start) => [start, 0])));
  const again = longestHours(sequence, startAt, forward.back);
  return Math.ceil(Math.max(forward.end, again.end) / 24);
}

/**
 * Follows all ways that lead on, from steps that are reached after so many
 * hours.
 * @returns the hours until the last end, and until steps behind ways back.
 */
function longestHours(
  sequence: Steps,
  startAt: Date,
  from: ReadonlyMap<string, number>,
): { readonly end: number; readonly back: ReadonlyMap<string, number> } {
  const [reached, back] = [new Map(from), new Map<string, number>()];
  const edges = edgesOf(sequence);
  let end = 0;
  for (const step of sequence.steps) {
    const at = reached.get(step.key);
    if (at === undefined) continue;
    const left = Math.max(at + longestStayHours(step), hoursUntilDate(step, startAt));
    end = Math.max(end, left);
    for (const { to } of edges.filter((edge) => edge.from === step.key && edge.to !== END)) {
      const found = isBack(sequence, step.key, to) ? back : reached;
      found.set(to, Math.max(found.get(to) ?? 0, left));
    }
  }
  return { end, back };
}

/** The longest time that a contact stays in a step, but for fixed dates. */
function longestStayHours(step: SequenceStep): number {
  const wait = step.kind === 'wait' ? step : step.kind === 'until' ? step.within : null;
  if (wait === null || 'date' in wait) return 0;
  if ('hours' in wait) return wait.hours;
  if ('businessDays' in wait) return (wait.businessDays + 2 * Math.ceil(wait.businessDays / 5)) * 24;
  return 7 * 24;
}

/** Hours from a start to the end of a step's fixed day in any time zone. */
function hoursUntilDate(step: SequenceStep, startAt: Date): number {
  const wait = step.kind === 'wait' ? step : step.kind === 'until' ? step.within : null;
  const date = wait === null ? (isAction(step) ? step.valid?.from : undefined) : 'date' in wait ? wait.date : undefined;
  return date === undefined ? 0 : (Date.parse(date) - startAt.getTime()) / 3_600_000 + 48;
}
