import { entriesOf, launchEntryOf, startsOf } from './entry.js';
import type { SequenceDefinition } from './sequence-definition.js';
import { type Edge, edgesOf } from './sequence-graph.js';
import { type Condition, type EntryTrigger, isChoice } from './step.js';

/**
 * The conditions for steps that an inactive contact of the list at launch does
 * not reach: any one is enough. They are the last conditions on each path to the
 * step, or what makes a person enter. Left out: steps of an inactive contact, and
 * unreachable steps.
 */
export function onlyIf(
  sequence: Pick<SequenceDefinition, 'steps' | 'entries'>,
): ReadonlyMap<string, readonly Condition[]> {
  const edges = edgesOf(sequence);
  const launch = launchEntryOf(sequence);
  const onwardEdges = edges.filter(({ by }) => by !== 'then');
  const calm = reach(launch === undefined ? [] : [launch.start], onwardEdges);
  const everywhere = reach([...calm, ...startsOf(sequence)], edges);
  const conditions = new Map<string, Condition[]>();
  const add = (to: string, when: Condition): void => {
    const onward = onwardEdges.filter(({ to: next }) => !calm.has(next));
    for (const key of calm.has(to) ? [] : reach([to], onward)) {
      const known = conditions.get(key) ?? [];
      const isNew = !known.some((one) => JSON.stringify(one) === JSON.stringify(when));
      conditions.set(key, isNew ? [...known, when] : known);
    }
  };
  for (const { when, start } of entriesOf(sequence)) {
    const condition = triggerAsCondition(when);
    if (condition !== null) add(start, condition);
  }
  for (const { from, to, transition } of edges) {
    const when = conditionOf(sequence, from, transition);
    if (when !== null && everywhere.has(from)) add(to, when);
  }
  return conditions;
}

/** Null: no condition says the same. */
function triggerAsCondition(when: EntryTrigger): Condition | null {
  return when.on === 'launch' || when.on === 'joined' || when.on === 'document' || when.on === 'date' ? null : when;
}

/** Where one comes to from some steps, these among them. */
function reach(from: readonly string[], edges: readonly Edge[]): ReadonlySet<string> {
  const reached = new Set(from);
  for (const key of reached) for (const edge of edges) if (edge.from === key) reached.add(edge.to);
  return reached;
}

function conditionOf(
  { steps }: Pick<SequenceDefinition, 'steps'>,
  key: string,
  transition: number | null,
): Condition | null {
  const step = steps.find((one) => one.key === key);
  return step !== undefined && isChoice(step) && transition !== null
    ? (step.transitions[transition]?.when ?? null)
    : null;
}
