import { median } from './figures.js';

/**
 * One way to do the work. `turn` is the number of the run, so that runs can
 * differ.
 */
export type Contender = (turn: number) => unknown;

export interface Course {
  readonly rounds: number;
  /** CPU milliseconds of each contender in each round. */
  readonly roundMs: number;
}

/** CPU milliseconds of this process, user and system, all threads. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * CPU milliseconds per run of each contender: the median of rounds.
 * All contenders run in each round, so that other load affects all alike.
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

/** Warms up a contender, and finds how many runs fill a round. */
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
