import { type Answer, type Attacker, type Bystander, memoryOf, p95, slowness } from './attacker.js';
import type { Bomb } from './bomb.js';

/** On an idle machine; twice the time is a fault, because the load changes. */
const ANSWER_MS = 5_000;
/** Others do not notice: a light request takes some 10 ms on an idle machine. */
const BYSTANDER_MS = 250;
/** An upload of 30 MB, its copies on their way, and garbage. */
const OWN_GROWTH_MB = 700;
const ALL_MB = 4_000;

/** What a run has shown. */
export interface BombReport {
  readonly sent: number;
  readonly slowestMs: number;
  readonly bystanderBeforeMs: number;
  readonly bystanderMs: number;
  readonly ownGrowthMb: number;
  readonly allMb: number;
  /** A line for each rule that a bomb broke. */
  readonly faults: readonly string[];
}

/**
 * Sends bombs, one after the other, to a running product.
 * @param pids of its processes.
 */
export async function sendBombs(
  bombs: readonly Bomb[],
  attacker: Attacker,
  bystander: Bystander,
  pids: readonly number[],
): Promise<BombReport> {
  const faults: string[] = [];
  const asked: number[] = [];
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const bystanderBeforeMs = p95(bystander.read());
  const atFirst = memory(pids);
  let [slowestMs, ownMb, allMb] = [0, atFirst.own, atFirst.all];
  for (const bomb of bombs) {
    const bytes = await bomb.make();
    const before = slowness();
    // Making a bomb and measuring hold this process up, and so the bystander.
    await bystander.settle();
    const answer = await attacker.send(bomb, bytes);
    const times = bystander.read();
    const factor = Math.max(before, slowness());
    const now = memory(pids);
    slowestMs = Math.max(slowestMs, answer.ms / factor);
    [ownMb, allMb] = [Math.max(ownMb, now.own), Math.max(allMb, now.all)];
    asked.push(...times.map((ms) => ms / factor));
    faults.push(...faultsOf(bomb, answer, factor, times));
  }
  const bystanderMs = p95(asked);
  if (bystanderMs > Math.max(BYSTANDER_MS, bystanderBeforeMs * 2))
    faults.push(`The 95th percentile of another user was ${Math.round(bystanderMs)} ms.`);
  const ownGrowthMb = ownMb - atFirst.own;
  if (ownGrowthMb > OWN_GROWTH_MB) faults.push(`A process grew by ${Math.round(ownGrowthMb)} MB.`);
  if (allMb > ALL_MB) faults.push(`All processes had ${Math.round(allMb)} MB.`);
  return {
    sent: bombs.length,
    slowestMs,
    bystanderBeforeMs,
    bystanderMs,
    ownGrowthMb,
    allMb,
    faults,
  };
}

function memory(pids: readonly number[]): { readonly own: number; readonly all: number } {
  const each = pids.map(memoryOf);
  return { own: Math.max(...each.map(({ own }) => own)), all: each.reduce((sum, { all }) => sum + all, 0) };
}

function faultsOf(bomb: Bomb, { status, ms, body }: Answer, factor: number, times: readonly number[]): string[] {
  const found: string[] = [];
  const mostMs = ANSWER_MS * factor * 2;
  if (ms > mostMs)
    found.push(`answered after ${Math.round(ms)} ms (the machine was ${factor.toFixed(1)} times slower)`);
  if (typeof status === 'number' && status >= 500) found.push(`answered ${status}: ${body.slice(0, 200)}`);
  const longest = Math.max(0, ...times);
  if (longest > 1_500 * factor) found.push(`held another user up for ${Math.round(longest)} ms`);
  return found.map((fault) => `${bomb.entrance} ${bomb.name}: ${fault}`);
}
