import { END, nextOf, branchesOf, type WrittenStep, type WrittenWait } from './steps';

/**
 * An edge between two steps.
 * `way` is the index of the condition; null: unconditional.
 */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly way: number | null;
}

/** All edges of a sequence, conditional ones first. */
export function edgesOf(steps: readonly WrittenStep[]): Edge[] {
  return steps.flatMap((step, at) => {
    const following = steps[at + 1]?.key ?? END;
    const ways = branchesOf(step).map(({ then }, way) => ({ from: step.key, to: then ?? following, way }));
    return [...ways, { from: step.key, to: nextOf(steps, at), way: null }];
  });
}

/**
 * Minimum hours.
 * A date or a weekday may be today.
 */
function hoursOf({ days = 0, hours = 0, businessDays = 0 }: WrittenWait): number {
  return (days + businessDays) * 24 + hours;
}

/**
 * Earliest day of each step, counted from an entry, by key. An unreachable
 * step has none. Edges back never make a step earlier, so the result is stable
 * after at most one round per step.
 */
export function earliestDays(
  steps: readonly WrittenStep[],
  starts: readonly string[] = steps.slice(0, 1).map(({ key }) => key),
): ReadonlyMap<string, number> {
  const earliest = new Map<string, number>(starts.map((key) => [key, 0]));
  const leads = edgesOf(steps);
  const byKey = new Map(steps.map((step) => [step.key, step]));
  for (let round = 0; round < steps.length; round++)
    for (const { from, to, way } of leads) {
      const start = earliest.get(from);
      const step = byKey.get(from);
      if (start === undefined || step === undefined || !byKey.has(to)) continue;
      const wait = step.wait ?? (way === null ? step.within : undefined);
      const hours = start + (wait === undefined ? 0 : hoursOf(wait));
      if (hours < (earliest.get(to) ?? Number.POSITIVE_INFINITY)) earliest.set(to, hours);
    }
  return new Map([...earliest].map(([key, hours]) => [key, Math.floor(hours / 24)]));
}
