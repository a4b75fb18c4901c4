import { median } from './figures.js';

/** One way to do the work; `turn` counts the runs, so that no two runs need be alike. */
export type Contender = (turn: number) => unknown;

export interface Course {
  readonly rounds: number;
  /** CPU milliseconds that each contender works in each round. */
  readonly roundMs: number;
}

/** CPU milliseconds of this process so far, user and system, all threads. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * CPU milliseconds per run of each contender: the median of rounds in which all take turns, so that
 * whatever else the machine does falls on all alike.
 */
export async function interleaved<Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  { rounds, roundMs }: Course = { rounds: 7, roundMs: 250 },
): Promise<Record<Name, number>> {
  const lanes = [];
  for (const [name, run] of Object.entries(contenders) as [Name, Contender][])
    lanes.push({ name, run, runs: await calibrate(run, roundMs), figures: [] as number[] });
  for (let round = 0; round < rounds; round += 1)
    for (const { run, runs, figures } of lanes) figures.push((await cost(run, runs)) / runs);
  return Object.fromEntries(lanes.map(({ name, figures }) => [name, median(figures)])) as Record<Name, number>;
}

/** Warms a contender up, and finds how many runs fill a round. */
async function calibrate(run: Contender, roundMs: number): Promise<number> {
  for (let runs = 1; ; runs *= 2) {
    const ms = await cost(run, runs);
    if (ms >= roundMs / 2) return Math.max(1, Math.round((runs * roundMs) / ms));
  }
}

async function cost(run: Contender, runs: number): Promise<number> {
  const before = cpuMs();
  for (let turn = 0; turn < runs; turn += 1) {
    const result = run(turn);
    if (result instanceof Promise) await result;
  }
  return cpuMs() - before;
}
