import { Chance } from './chance.js';
import { type FaultPlan, type FaultReport, FaultRun } from './fault-run.js';

/** `npm run test:faults` runs this; with LONG=1 a hundred kills. SEED=… does the same to it once more. */
const isLong = process.env['LONG'] === '1';
const PLAN: FaultPlan = {
  messages: isLong ? 4_000 : 1_000,
  laps: isLong ? 20 : 1,
  pauseMs: isLong ? 700 : 300,
  connections: 8,
  leaseSeconds: 10,
  smtpFaultRate: 0.02,
  recoveryMs: isLong ? 900_000 : 180_000,
};

describe('sending while everything breaks', () => {
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

  it('delivers the very bytes that were verified', () => {
    expect(report.altered).toBe(0);
  });

  it('tells the partner exactly one outcome of each contact', () => {
    expect(report.unaccounted).toBe(0);
  });

  it('is in doubt of no more than was on the wire', () => {
    expect(report.doubted).toBeLessThanOrEqual(report.unknownAtMost);
  });

  it('leaves nothing unknown: the relay’s log says what it has and what it has not', () => {
    expect(report.doubts).toEqual({});
    expect(report.unknownLeft).toBe(0);
  });

  it('was broken as planned', () => {
    expect(report.kills).toBe(5 * PLAN.laps);
  });
});
