import { type FaultPlan, type FaultReport, FaultRun } from './fault-run.js';

/** `npm run test:faults` runs this; with LONG=1 a hundred kills. */
const isLong = process.env['LONG'] === '1';
const PLAN: FaultPlan = {
  messages: isLong ? 4_000 : 1_000,
  kills: isLong ? 100 : 4,
  pauseMs: isLong ? 700 : 300,
  connections: 8,
  leaseSeconds: 6,
  smtpFaultRate: 0.02,
  recoveryMs: isLong ? 600_000 : 180_000,
};

describe('sending while everything breaks', () => {
  let run: FaultRun;
  let report: FaultReport;

  beforeAll(
    async () => {
      run = await FaultRun.open(PLAN);
      report = await run.run();
      process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    },
    isLong ? 3_600_000 : 240_000,
  );
  afterAll(() => run.close());

  it('loses nothing', () => {
    expect(report.lost).toBe(0);
  });

  it('sends nothing twice', () => {
    expect(report.twice).toBe(0);
  });

  it('tells the partner exactly one outcome of each contact', () => {
    expect(report.unaccounted).toBe(0);
  });

  it('leaves no more unknown than was on the wire', () => {
    expect(report.unknownLeft).toBeLessThanOrEqual(report.unknownAtMost);
  });

  it('was broken as planned', () => {
    expect(report.kills).toBe(PLAN.kills);
  });
});
