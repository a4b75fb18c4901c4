import fc from 'fast-check';
import type { PartnerId } from '#kernel';
import type { DryRun } from './dry-run.js';
import { factorFrom, ProgrammeForecast } from './programme-forecast.js';
import type { ReasonCode, WaitReason } from '../enrolment/reason.js';

const AT = new Date('2026-03-02T09:00:00Z');
const FRAME = { startAt: AT, until: new Date('2026-05-31T09:00:00Z') };
const ORDER = [{ key: 'welcome', kind: 'email' }] as const;

function runOf(
  done: number,
  why: { reasons?: Partial<Record<ReasonCode, number>>; waits?: Partial<Record<WaitReason, number>>; on?: string } = {},
): DryRun {
  const reasons = new Map(Object.entries(why.reasons ?? {}) as [ReasonCode, number][]);
  const waits = new Map(Object.entries(why.waits ?? {}) as [WaitReason, number][]);
  const skipped = [...reasons.values()].reduce((sum, count) => sum + count, 0);
  return {
    ...FRAME,
    timeZone: 'UTC',
    total: done + skipped,
    reached: done,
    later: 0,
    zones: new Map(),
    steps: [{ stepKey: 'welcome', kind: 'email', done, first: AT, last: AT, reasons, waits }],
    days: done === 0 ? [] : [{ on: why.on ?? '2026-03-02', stepKey: 'welcome', count: done }],
  };
}

function forecastOf(runs: readonly DryRun[], factorOf: (id: PartnerId) => number = () => 1) {
  const forecast = new ProgrammeForecast(ORDER, factorOf);
  runs.forEach((run, at) => forecast.add(`partner ${at}` as PartnerId, run));
  return forecast.result(FRAME);
}

const times = (count: number, run: DryRun): DryRun[] => Array.from({ length: count }, () => run);

describe('what a vendor is told of its partners’ contacts', () => {
  it('is nothing while fewer than five partners have any', () => {
    expect(forecastOf([...times(4, runOf(1_000)), ...times(20, runOf(0))])).toBeNull();
    expect(forecastOf(times(5, runOf(1_000)))).toMatchObject({ total: 5_000, reached: 5_000 });
  });

  it('holds no reason, wait or day of fewer than five partners', () => {
    const alike = runOf(100, { reasons: { suppressed: 10 }, waits: { 'day-full': 20 } });
    const odd = runOf(100, {
      reasons: { 'consent-unknown': 900 },
      waits: { 'initial-hold': 90 },
      on: '2026-03-09',
    });
    const told = forecastOf([...times(5, alike), ...times(4, odd)]);
    const [step] = told?.steps ?? [];
    expect([...(step?.reasons ?? [])]).toEqual([['suppressed', 50]]);
    expect([...(step?.waits ?? [])]).toEqual([['day-full', 100]]);
    expect(told?.days).toEqual([{ on: '2026-03-02', stepKey: 'welcome', count: 500 }]);
  });

  it('says null, not zero, where a few get a step', () => {
    const told = forecastOf([...times(5, runOf(0, { reasons: { suppressed: 10 } })), ...times(4, runOf(3))]);
    expect(told).toMatchObject({ reached: null, steps: [{ done: null }] });
  });

  it('has two digits', () => {
    expect(forecastOf(times(7, runOf(1_763)))).toMatchObject({ total: 12_000 });
  });

  it('gives each partner’s part a factor of its own, which is never near one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (bits) => {
        const off = Math.abs(factorFrom(bits) - 1);
        expect(off).toBeGreaterThanOrEqual(0.1 - 1e-9);
        expect(off).toBeLessThanOrEqual(0.25 + 1e-9);
      }),
    );
    const factors: Record<string, number> = { 'partner 0': 1.2 };
    const told = forecastOf(times(5, runOf(100)), (id) => factors[id] ?? 0.8);
    expect(told?.total).toBe(440);
  });

  it('is near the truth where there are many: factors cancel each other out', () => {
    const bits = fc.sample(fc.integer({ min: 0, max: 0xffff_ffff }), { numRuns: 2_000, seed: 7 });
    const told = forecastOf(times(2_000, runOf(250)), (id) => factorFrom(bits[Number(id.slice(8))] ?? 0));
    expect(Math.abs((told?.total ?? 0) / 500_000 - 1)).toBeLessThan(0.03);
  });
});
