import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '../../scripts/postgres-server.mjs';
import { Person } from './person.js';
import { answers, isReady, ServerProcess } from './processes.js';
import { freePorts, Standalone } from './standalone.js';
import { newDataFolder } from '../support/data-folder.mjs';

const BANNER = 'Throughline is ready';

describe('a product that is killed', () => {
  const folder = newDataFolder('recovery');
  const data = join(folder, 'data');
  let standalone: Standalone;

  beforeAll(async () => {
    standalone = await Standalone.start(data, await freePorts());
  });
  afterAll(async () => {
    await standalone.server.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  const postgres = (): { pid: number; port: number } => {
    const lock = readFileSync(join(dataFolder(join(data, 'postgres')), 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lock[0]), port: Number(lock[3]) };
  };
  const signIn = (): Promise<Person> => Person.signIn(standalone.url, 'olivia@brightwater.example', 'northwind demo');
  const reset = (...flags: string[]): ServerProcess => ServerProcess.script('reset', flags);

  it('starts again while its PostgreSQL still runs, and continues', async () => {
    const before = postgres();
    const keeper = parentOf(before.pid);
    // SIGKILL: neither the product nor the parent of its PostgreSQL can clean
    // up.
    process.kill(keeper, 'SIGKILL');
    await standalone.server.end('SIGKILL');
    expect(await answers(before.port)).toBe(true);
    standalone = await Standalone.start(data, await freePorts());
    expect(await answers(before.port)).toBe(false);
    await signIn();
    expect(standalone.server.errors).toEqual([]);
  });

  it('ends at once and says why if its PostgreSQL has ended', async () => {
    process.kill(postgres().pid, 'SIGKILL');
    expect(await standalone.server.ended).toBe(1);
    expect(standalone.server.output).toContain('PostgreSQL has gone');
    standalone = await Standalone.start(data, await freePorts());
    await signIn();
  });

  it('is not wiped while it runs, nor by a mistyped flag', async () => {
    const refused = reset('--data', data);
    expect(await refused.ended).toBe(1);
    expect(refused.output.trim()).toMatch(/^Throughline is running on this data .*Ctrl-C first\.$/);
    const mistyped = reset('--date', data);
    expect(await mistyped.ended).toBe(1);
    expect(mistyped.output).toContain('Nothing was removed');
    expect(await isReady(standalone.url)).toBe(true);
  });

  it('stops cleanly on a signal, and leaves no PostgreSQL behind', async () => {
    const { port } = postgres();
    expect(await standalone.server.end('SIGTERM')).toBe(0);
    expect(await answers(port)).toBe(false);
    expect(standalone.server.output.slice(standalone.server.output.indexOf(BANNER))).toContain('stopped');
  });

  it('leaves nothing after a reset', async () => {
    const wiped = reset('--data', data);
    expect([await wiped.ended, wiped.output]).toEqual([0, expect.stringContaining('seeds a new installation')]);
    expect(existsSync(data)).toBe(false);
  });
});

/** The parent of a process (Linux and macOS). */
function parentOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).trim());
}
