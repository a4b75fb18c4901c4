import type { SequenceDefinition } from './sequence-definition.js';
import { type Edge, edgesOf } from './sequence-graph.js';
import type { Condition } from './step.js';

/**
 * What has to hold for somebody to come to a step that is off the way of who does nothing: any one of these, as the ways that lead there
 * ask last. Steps of that way are not in it, nor those that no way leads to.
 */
export function onlyIf(sequence: Pick<SequenceDefinition, 'steps'>): ReadonlyMap<string, readonly Condition[]> {
  const edges = edgesOf(sequence);
  const calm = reach(
    sequence.steps.slice(0, 1).map(({ key }) => key),
    edges.filter(({ by }) => by !== 'then'),
  );
  const everywhere = reach([...calm], edges);
  const conditions = new Map<string, Condition[]>();
  for (const { from, to, way } of edges) {
    const when = conditionOf(sequence, from, way);
    if (when === null || !everywhere.has(from)) continue;
    const onward = edges.filter(({ by, to: next }) => by !== 'then' && !calm.has(next));
    for (const key of calm.has(to) ? [] : reach([to], onward)) {
      const known = conditions.get(key) ?? [];
      const isNew = !known.some((one) => JSON.stringify(one) === JSON.stringify(when));
      conditions.set(key, isNew ? [...known, when] : known);
    }
  }
  return conditions;
}

/** Where one comes to from some steps, these among them. */
function reach(from: readonly string[], edges: readonly Edge[]): ReadonlySet<string> {
  const reached = new Set(from);
  for (const key of reached) for (const edge of edges) if (edge.from === key) reached.add(edge.to);
  return reached;
}

function conditionOf({ steps }: Pick<SequenceDefinition, 'steps'>, key: string, way: number | null): Condition | null {
  const step = steps.find((one) => one.key === key);
  const isChoice = step?.kind === 'branch' || step?.kind === 'until';
  return isChoice && way !== null ? (step.ways[way]?.when ?? null) : null;
}
