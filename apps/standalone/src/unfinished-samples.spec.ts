import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginSamples, endSamples, refuseUnfinishedSamples } from './unfinished-samples.js';

describe('a data folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'throughline-samples-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is refused as long as its sample data is incomplete', () => {
    refuseUnfinishedSamples(folder);
    beginSamples(folder);
    beginSamples(folder);
    expect(() => refuseUnfinishedSamples(folder)).toThrow(/was interrupted.*npm run reset.*--data/);
    endSamples(folder);
    refuseUnfinishedSamples(folder);
  });
});
