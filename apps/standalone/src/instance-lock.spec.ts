import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '#kernel';
import { lockInstance } from './instance-lock.js';

const ROUNDS = 10;
const STARTS = 4;
const LOADER = pathToFileURL(join(packageRoot(), 'test/support/typescript.mjs')).href;
const LOCK = pathToFileURL(join(packageRoot(), 'apps/standalone/src/instance-lock.ts')).href;

/**
 * One process of a round after the other: it says `ready`, waits for the name of
 * a folder, and says whether it got the lock. It holds it until the next round.
 */
const START = `
  await import('${LOADER}');
  const { lockInstance } = await import('${LOCK}');
  let held = null;
  process.on('message', (folder) => {
    if (folder === null) { held?.(); held = null; process.send('released'); return; }
    try { held = lockInstance(folder); process.send('held'); } catch { process.send('refused'); }
  });
  process.send('ready');
`;

describe('the lock of a data folder', () => {
  const parent = mkdtempSync(join(tmpdir(), 'throughline-lock-'));
  afterAll(() => rmSync(parent, { recursive: true, force: true }));

  it('lets one of four simultaneous starts in, each time, after a process that was killed', async () => {
    const starts = Array.from({ length: STARTS }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', START], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
    );
    const next = (start: (typeof starts)[number]): Promise<unknown> =>
      new Promise((resolve) => start.once('message', resolve));
    await Promise.all(starts.map(next));
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        const folder = join(parent, String(round));
        lockInstance(folder)();
        // A process number that no process has.
        writeFileSync(join(folder, 'instance.lock.1'), '4194303');
        const answers = Promise.all(starts.map(next));
        for (const start of starts) start.send(folder);
        expect((await answers).filter((answer) => answer === 'held')).toHaveLength(1);
        const released = Promise.all(starts.map(next));
        for (const start of starts) start.send(null as never);
        await released;
      }
    } finally {
      for (const start of starts) start.kill('SIGKILL');
    }
  });

  it('is refused while its process lives, and names it and the way out', () => {
    const folder = join(parent, 'held');
    lockInstance(folder)();
    writeFileSync(join(folder, 'instance.lock.7'), String(process.ppid));
    expect(() => lockInstance(folder)).toThrow(
      new RegExp(`already runs on .*process ${process.ppid}.*delete .*instance\\.lock\\.7`),
    );
  });

  it('is free again after it was released, and leaves one file', () => {
    const folder = join(parent, 'again');
    lockInstance(folder)();
    lockInstance(folder)();
    expect(readdirSync(folder).filter((name) => name.includes('instance'))).toEqual(['instance.lock.2']);
  });
});
