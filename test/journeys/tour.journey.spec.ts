import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';
import { freePorts, Standalone } from './standalone.js';
import { newDataFolder } from '../support/data-folder.mjs';

describe('the tour in the documentation', () => {
  const data = newDataFolder('tour');
  let standalone: Standalone | undefined;

  afterAll(async () => {
    await standalone?.server.end('SIGINT');
    rmSync(data, { recursive: true, force: true });
  });

  it('works as written, line by line', async () => {
    const ports = await freePorts();
    standalone = await Standalone.start(data, ports);
    const page = readFileSync(join(packageRoot(), 'docs/tour.md'), 'utf8')
      .replaceAll('http://localhost:3000', standalone.url)
      .replaceAll('http://localhost:1080', `http://localhost:${ports.mailboxPort}`);
    const blocks = [...page.matchAll(/```bash\n(.*?)```/gs)].map(([, block]) => block);
    const stdout = await walk(blocks.join('\n'));
    const said = stdout.split('\n');
    const [launched, again] = said.filter((line) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(line));
    expect(launched).toBeDefined();
    expect(again).toBe(launched);
    expect(said.filter((line) => line === 'undefined')).toEqual([]);
    expect(said).toEqual(
      expect.arrayContaining([
        'published',
        '{"candidates":3,"created":2,"updated":0,"unchanged":0,"rejected":1}',
        '{"stepKey":"welcome","sent":2,"pending":0,"skipped":0,"failed":0,"unknown":0}',
        'held',
        'active',
        'stopped',
        'retired',
        'The vendor has ended this campaign.',
        'take-over',
        '“Your advice” has 211 characters; 140 fit.',
        'Maya Lindqvist',
      ]),
    );
  }, 180_000);
});

/**
 * Runs the tour's commands.
 * @returns their output.
 * @throws Error with the failed command only, because the whole tour would hide
 *   it.
 */
function walk(commands: string): Promise<string> {
  const script = `trap 'echo "line $LINENO: $BASH_COMMAND" >&2' ERR\n${commands}`;
  const options = { cwd: packageRoot(), timeout: 150_000 };
  return new Promise((resolve, reject) => {
    execFile('bash', ['-eEuo', 'pipefail', '-c', script], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`The tour ended here.\n${stderr}\nIt had printed:\n${stdout}`));
    });
  });
}
