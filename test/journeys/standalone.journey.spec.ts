import { rmSync } from 'node:fs';
import { z } from 'zod';
import { mondayMorning } from './calendar.js';
import { describeMainJob } from './main-job.js';
import { freePorts, Standalone } from './standalone.js';
import { newDataFolder } from '../support/data-folder.mjs';

describe('the main job in one process', () => {
  const data = newDataFolder('standalone');
  let standalone: Standalone;

  afterAll(async () => {
    await standalone.server.end('SIGINT');
    rmSync(data, { recursive: true, force: true });
  });

  const on = describeMainJob(async () => {
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

  it('logged no error', () => {
    expect(standalone.server.errors).toEqual([]);
  });

  it('logged each request and each job with its id', () => {
    const lines = standalone.server.log.map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));
    const about = (context: string): typeof lines => lines.filter((line) => line['context'] === context);
    expect(about('Request').length).toBeGreaterThan(50);
    expect(about('Request').filter(({ requestId }) => typeof requestId !== 'string')).toEqual([]);
    const jobs = about('JobRunner').map(({ job, jobId }) => [job, typeof jobId]);
    expect(jobs).toEqual(expect.arrayContaining([['activations.enrol', 'string']]));
  });

  it('logged no address, no password and no key', async () => {
    const log = standalone.server.log.join('\n');
    const mails = await Promise.all(
      ['rosa@quayside.example', on().customers[0] ?? ''].map((to) => standalone.mailbox.mailsTo(to)),
    );
    const links = mails
      .flat()
      .flatMap(({ html, text }) => [...`${html} ${text}`.matchAll(/\/(?:invitation|l|u|v)\/([\w.-]{20,})/g)]);
    const keys = new Set(links.map(([, key]) => key ?? ''));
    expect(keys.size).toBeGreaterThan(3);
    expect(
      [...keys, '@', 'northwind demo', 'a harbour in the evening', 'tl_'].filter((secret) => log.includes(secret)),
    ).toEqual([]);
  });
});
