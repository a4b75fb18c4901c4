import { Chance } from './chance.js';
import { type FaultPlan, type FaultReport, FaultRun } from './fault-run.js';

/**
 * `npm run test:faults` runs this. LONG=1: a hundred kills. SEED=… repeats the
 * same faults.
 */
const isLong = process.env['LONG'] === '1';
const PLAN: FaultPlan = {
  messages: isLong ? 4_000 : 500,
  laps: isLong ? 20 : 1,
  pauseMs: isLong ? 700 : 300,
  connections: 8,
  leaseSeconds: 10,
  smtpFaultRate: 0.02,
  recoveryMs: isLong ? 900_000 : 180_000,
};

describe('sending under random faults', () => {
  let run: FaultRun;
  let report: FaultReport;

  beforeAll(
    async () => {
      run = await FaultRun.open(PLAN, Chance.ofRun('sending while everything breaks'));
      report = await run.run();
      process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    },
    isLong ? 7_200_000 : 600_000,
  );
  afterAll(() => run.close(), 60_000);

  it('loses nothing', () => {
    expect(report.lost).toBe(0);
  });

  it('sends nothing twice', () => {
    expect(report.twice).toBe(0);
  });

  it('delivers exactly the bytes that were verified', () => {
    expect(report.altered).toBe(0);
  });

  it('has exactly one outcome per contact', () => {
    expect(report.unaccounted).toBe(0);
  });

  it('has at most as many unknown messages as were in submission', () => {
    expect(report.doubted).toBeLessThanOrEqual(report.unknownAtMost);
  });

  it('leaves no message unknown, because the relay’s log resolves them', () => {
    expect(report.doubts).toEqual({});
    expect(report.unknownLeft).toBe(0);
  });

  it('had all planned faults', () => {
    expect(report.kills).toBe(5 * PLAN.laps);
  });
});
