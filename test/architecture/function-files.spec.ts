import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Tracked sources and documents, without the functions themselves. */
const files = execFileSync('git', ['ls-files', 'libs', 'apps', 'test', 'docs', '*.md'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.(ts|tsx|md|mjs)$/.test(file) && existsSync(file));

describe('files of SQL functions', () => {
  it('exist where a comment or a page names them', () => {
    const named = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/libs\/database\/functions\/[a-z]+\.[a-z_]+\.sql/g)].map(([path]) => ({
        file,
        path,
      })),
    );
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter(({ path }) => !existsSync(path))).toEqual([]);
  });
});
