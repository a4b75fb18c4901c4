import { packageRoot } from '#kernel';
import { crossSchemaReads } from '../../scripts/measure/cross-schema-reads.mjs';
import { readSources } from '../../scripts/measure/source.mjs';

describe('tables', () => {
  it('are named only by the SQL of their own lib: others use the views that it publishes', () => {
    const { sources } = readSources(packageRoot());
    expect(sources.length).toBeGreaterThan(500);
    expect(crossSchemaReads(packageRoot(), sources)).toEqual([]);
  });
});
