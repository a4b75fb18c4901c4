import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';
import leaveOut from '../nightly.cjs';

describe('what is left to the night', () => {
  it('is suites that there are, each named once', () => {
    expect(leaveOut.NIGHTLY.filter((name) => !existsSync(join(packageRoot(), name)))).toEqual([]);
    expect(new Set(leaveOut.NIGHTLY).size).toBe(leaveOut.NIGHTLY.length);
  });

  it('and what runs in a group are suites that there are, each once', () => {
    const grouped = leaveOut.grouped();
    expect(grouped.filter((name) => !existsSync(join(packageRoot(), name)))).toEqual([]);
    expect(new Set([...grouped, ...leaveOut.NIGHTLY]).size).toBe(grouped.length + leaveOut.NIGHTLY.length);
    expect(grouped.length).toBeGreaterThan(50);
  });

  it.each(['api', 'browser', 'golden', 'journeys', 'faults'])('leaves suites of %s for every change', (folder) => {
    const all = readdirSync(join(packageRoot(), 'test', folder)).map((name) =>
      join(packageRoot(), 'test', folder, name),
    );
    const isNightly = (path: string): boolean => leaveOut.NIGHTLY.some((name) => path.endsWith(`/${name}`));
    const left = all.filter((path) => path.endsWith('.spec.ts') && !isNightly(path));
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(all.length);
  });
});
