import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDataFolder, makePrivateFolders } from './private-folders.js';

describe('the data folder', () => {
  const parent = mkdtempSync(join(tmpdir(), 'throughline-folders-'));
  const folder = join(parent, 'data');
  const modeOf = (...path: string[]): number => statSync(join(folder, ...path)).mode & 0o777;

  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  afterAll(() => rmSync(parent, { recursive: true, force: true }));

  it('cannot be read by other accounts', () => {
    makeDataFolder(folder);
    makePrivateFolders(folder);
    expect(modeOf() & 0o066).toBe(0);
    expect(['mailbox', 'blobs', 'journal'].map((name) => modeOf(name))).toEqual([0o700, 0o700, 0o700]);
  });

  it('is refused at once where none can be made', () => {
    expect(() => makeDataFolder('/proc/nope/data')).toThrow(/ENOENT|EACCES|EPERM/);
  });

  it('of an earlier run is closed to other accounts inside, and keeps its own rights', () => {
    mkdirSync(join(folder, 'mailbox'), { recursive: true });
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'mailbox'), 0o755);
    makeDataFolder(folder);
    makePrivateFolders(folder);
    expect([modeOf(), modeOf('mailbox')]).toEqual([0o755, 0o700]);
  });
});
