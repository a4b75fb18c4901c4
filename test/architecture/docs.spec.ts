import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';

const root = packageRoot();
const READMES = readdirSync(join(root, 'libs')).map((lib) => `libs/${lib}/README.md`);
const DECISIONS = readdirSync(join(root, 'docs/decisions')).map((name) => `docs/decisions/${name}`);
const PAGES = ['README.md', 'CONTRIBUTING.md', ...READMES, ...DECISIONS].concat(
  readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
);

/** The prose of a page: without tables, code blocks and lines that are one link. */
function proseOf(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  return text
    .split('\n')
    .filter((line) => !/^\s*\|/.test(line) && !/^\s*- (\d{4}-\d{2}-\d{2} )?\[.*\]\(.*\)$/.test(line));
}

describe('docs', () => {
  it('have a complete index of decisions, each with date, libs, context, decision, alternatives and consequences', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/decisions-index.mjs', '--check'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(DECISIONS.length).toBeGreaterThan(100);
  });

  it.each(READMES)('say what %s is in at most 400 words', (page) => {
    expect(
      readFileSync(join(root, page), 'utf8')
        .split(/\s+/)
        .filter((word) => /\w/.test(word)).length,
    ).toBeLessThanOrEqual(400);
  });

  it.each(PAGES)('wrap the prose of %s at 110 characters', (page) => {
    expect(proseOf(page).filter((line) => line.length > 110)).toEqual([]);
  });
});
