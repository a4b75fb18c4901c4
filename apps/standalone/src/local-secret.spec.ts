import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localSecret } from './local-secret.js';

describe('the secret of a data folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'throughline-secret-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is created once, for its owner alone', () => {
    const secret = localSecret(folder, false);
    expect(secret.length).toBeGreaterThanOrEqual(32);
    expect(localSecret(folder, true)).toBe(secret);
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
  });

  it('is not created beside a database', () => {
    expect(() => localSecret(folder, true)).toThrow(/secret is missing/);
    expect(existsSync(join(folder, 'secret'))).toBe(false);
  });

  it.each(['', 'short', '\n'])('is refused if its file holds %j', (text) => {
    writeFileSync(join(folder, 'secret'), text);
    expect(() => localSecret(folder, true)).toThrow(/damaged/);
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(text);
  });
});
