import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeMainJob } from './main-job.js';
import { freePorts, Standalone } from './standalone.js';

const DAY_MS = 86_400_000;

/** The next Monday at ten in London, whatever the season. */
function mondayMorning(from: Date): Date {
  const days = (8 - from.getUTCDay()) % 7 || 7;
  return new Date(Math.floor(from.getTime() / DAY_MS) * DAY_MS + days * DAY_MS + 10 * 3_600_000);
}

describe('the main job in one process', () => {
  const data = mkdtempSync(join(tmpdir(), 'throughline-standalone-'));
  let standalone: Standalone;

  afterAll(async () => {
    await standalone.server.end('SIGINT');
    rmSync(data, { recursive: true, force: true });
  });

  describeMainJob(async () => {
    standalone = await Standalone.start(data, await freePorts());
    await standalone.reach(mondayMorning(await standalone.now()));
    return {
      installation: standalone,
      vendor: {
        owner: 'nora@northwind.example',
        marketer: 'maya@northwind.example',
        approver: 'arun@northwind.example',
        password: 'northwind demo',
      },
      campaign: {},
      headStartMs: 30 * 60_000,
      later: [
        { afterHours: 4 * 24, email: 'proof' },
        { afterHours: 6 * 24, email: 'workshop' },
        { afterHours: 8 * 24, email: 'last-call' },
      ],
      timeZone: 'Europe/London',
    };
  });

  it('had nothing to log as an error', () => {
    expect(standalone.server.errors).toEqual([]);
  });
});
