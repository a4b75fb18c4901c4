import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mondayMorning } from './calendar.js';
import { describeMainJob } from './main-job.js';
import { freePorts, Standalone } from './standalone.js';

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
