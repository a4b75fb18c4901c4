import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';

const SOURCES = join(packageRoot(), 'apps/api/src');

describe('the API', () => {
  it('neither opens transactions nor runs SQL: that is for the libs', () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(50);
    const withSql = files.filter((path) => /#database|\bdatabase\./.test(readFileSync(join(SOURCES, path), 'utf8')));
    expect(withSql).toEqual([]);
  });
});
