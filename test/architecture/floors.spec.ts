import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { packageRoot } from '#kernel';
import { FLOORS, SEQUENCES_FOLDERS } from './floors.mjs';

const root = packageRoot();
const libs = readdirSync(join(root, 'libs'));

describe('the house', () => {
  it('has every lib on exactly one floor', () => {
    expect([...FLOORS.flat()].sort()).toEqual([...libs].sort());
  });

  it('has every folder of libs/sequences in exactly one row of its order', () => {
    const entries = readdirSync(join(root, 'libs/sequences/src'), { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect([...SEQUENCES_FOLDERS.flat()].sort()).toEqual(folders.sort());
  });

  // npm test runs `npm run check:floors` before, which is the same.
  const itUnchecked = process.env['THROUGHLINE_TEST_CHECKED'] === '1' ? it.skip : it;

  itUnchecked('keeps its floors, front doors and homes', async () => {
    const { default: config } = await import(join(root, '.dependency-cruiser.mjs'));
    const { forbidden, options } = config as { forbidden: object[]; options: object };
    const result = await cruise(['apps', 'libs'], { ...options, ruleSet: { forbidden }, validate: true } as never, {
      conditionNames: ['source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
    });
    const { summary } = result.output as ICruiseResult;
    expect(summary.totalCruised).toBeGreaterThan(100);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });

  it.each(libs)('has a page about libs/%s with its words, promises and non-promises', (lib) => {
    const page = readFileSync(join(root, 'libs', lib, 'README.md'), 'utf8');
    expect(page.split('\n').length).toBeLessThan(80);
  });

  it.each(libs)('opens libs/%s by named exports only', (lib) => {
    const door = join(root, 'libs', lib, 'src/index.ts');
    expect(existsSync(door)).toBe(true);
    expect(readFileSync(door, 'utf8')).not.toMatch(/export \*/);
  });
});
