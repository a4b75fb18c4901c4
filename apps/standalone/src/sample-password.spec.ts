import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databasePassword as readPassword } from '../../../scripts/database-password.mjs';
import { databasePassword } from './database-password.js';
import { samplePassword } from './sample-password.js';

describe('passwords of a data folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'throughline-passwords-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are the known one for sample accounts that only this machine reaches', () => {
    expect(samplePassword(folder, false, false)).toBeNull();
    expect(samplePassword(folder, true, false)).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are random for sample accounts that other machines reach, and stored nowhere', () => {
    const first = samplePassword(folder, false, true);
    expect(first).toMatch(/^[\w-]{16}$/);
    expect(samplePassword(folder, true, true)).not.toBe(first);
    expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['']);
    // Later on loopback: they are still not the known one.
    expect(samplePassword(folder, true, false)).not.toBeNull();
  });

  it('do not become known ones that other machines reach', () => {
    expect(() => samplePassword(folder, true, true)).toThrow(/whose password is known.*--data.*npm run reset/);
  });

  it('of the database are random, kept, and for their owner alone', () => {
    const postgres = join(folder, 'postgres');
    expect(readPassword(postgres)).toBe('postgres');
    const password = databasePassword(postgres);
    expect(password).toMatch(/^[0-9a-f]{48}$/);
    expect([databasePassword(postgres), readPassword(postgres)]).toEqual([password, password]);
    expect(statSync(join(folder, 'database-password')).mode & 0o777).toBe(0o600);
  });
});
