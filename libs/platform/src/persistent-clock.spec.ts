import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PersistentClock } from './persistent-clock.js';

describe('the clock of the demonstration', () => {
  let file: string;
  beforeEach(() => {
    file = join(mkdtempSync(join(tmpdir(), 'throughline-clock-')), 'clock');
  });
  afterEach(() => rmSync(join(file, '..'), { recursive: true, force: true }));

  it('keeps its offset over a restart', () => {
    new PersistentClock(file).advance(86_400_000);
    expect(readFileSync(file, 'utf8')).toBe('86400000');
    expect(new PersistentClock(file).aheadMs).toBe(86_400_000);
  });

  it('may begin behind, and stores nothing before it has caught up', () => {
    const clock = new PersistentClock(file, 86_400_000);
    expect(clock.now().getTime()).toBeLessThan(Date.now() - 86_000_000);
    clock.advance(80_000_000);
    clock.advance(-clock.aheadMs);
    expect([clock.aheadMs, existsSync(file)]).toEqual([0, false]);
    clock.advance(1);
    expect(new PersistentClock(file, 86_400_000).aheadMs).toBe(1);
  });

  it.each(['', 'tomorrow', '-1', 'NaN'])('does not start from a file with %j', (text) => {
    writeFileSync(file, text);
    expect(() => new PersistentClock(file)).toThrow(/does not hold a number/);
  });
});
