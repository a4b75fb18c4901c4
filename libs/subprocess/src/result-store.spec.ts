import { mkdtemp, readdir, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeVersion } from './code-version.js';
import { ResultStore } from './result-store.js';
import { TaskResults } from './task-results.js';

const [first, second, third] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)] as const;
let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'results-')), 'results');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

describe('results in files', () => {
  it('are there for the next process', async () => {
    await new ResultStore(folder).put(first, Buffer.from('drawn'));
    expect((await new ResultStore(folder).get(first))?.toString()).toBe('drawn');
    expect(await new ResultStore(folder).get(second)).toBeNull();
  });

  it('are not used when the file is damaged', async () => {
    const store = new ResultStore(folder);
    await store.put(first, Buffer.from('drawn'));
    await truncate(join(folder, first), 34);
    expect(await store.get(first)).toBeNull();
  });

  it('are removed beyond the limit, the least recently used first, and so is what a killed process left', async () => {
    const before = new ResultStore(folder);
    for (const name of [first, second]) await before.put(name, Buffer.alloc(100));
    await utimes(join(folder, first), 1, 1);
    await writeFile(join(folder, `${third}.half`), '');
    const store = new ResultStore(folder, 300);
    await store.put(third, Buffer.alloc(100));
    await until(async () => (await readdir(folder)).length === 2);
    expect((await readdir(folder)).sort()).toEqual([second, third]);
  });

  it('cost one run each when the folder cannot be written', async () => {
    await writeFile(folder, 'a file');
    const store = new ResultStore(folder);
    await store.put(first, Buffer.from('drawn'));
    expect(await store.get(first)).toBeNull();
  });
});

describe('results of a task', () => {
  const files = (version: string) => {
    const store = new ResultStore(folder);
    return () => ({ store, version: Promise.resolve(version) });
  };

  it('are computed once for one input, also by callers at the same time', async () => {
    const results = new TaskResults<string>('test.draw', 1_000);
    let runs = 0;
    const draw = async (): Promise<string> => `run ${++runs}`;
    expect(await Promise.all([results.get('x', draw), results.get('x', draw)])).toEqual(['run 1', 'run 1']);
    expect(await results.get('x', draw)).toBe('run 1');
    expect(await results.get('y', draw)).toBe('run 2');
  });

  it('are not kept when the run fails, and another caller runs itself', async () => {
    const results = new TaskResults<string>('test.draw', 1_000);
    const failing = results.get('x', () => Promise.reject(new Error('ended')));
    const other = results.get('x', async () => 'drawn');
    await expect(failing).rejects.toThrow('ended');
    expect(await other).toBe('drawn');
  });

  it('are read by a later process of the same code, not after a build', async () => {
    const draw = async (): Promise<string> => 'drawn';
    await new TaskResults<string>('test.draw', 1_000, files('one')).get('x', draw);
    await until(async () => (await readdir(folder).catch(() => [])).length === 1);
    const never = (): Promise<string> => Promise.reject(new Error('was run again'));
    expect(await new TaskResults<string>('test.draw', 1_000, files('one')).get('x', never)).toBe('drawn');
    const later = new TaskResults<string>('test.draw', 1_000, files('two'));
    await expect(later.get('x', never)).rejects.toThrow('was run again');
  });
});

describe('the version of the code', () => {
  it('is another one after a file was written, and does without a missing path', async () => {
    const paths = [join(folder, '..'), join(folder, 'missing')];
    await writeFile(join(folder, '../code.js'), 'one');
    const before = await codeVersion(paths);
    expect(await codeVersion(paths)).toBe(before);
    await writeFile(join(folder, '../code.js'), 'another');
    expect(await codeVersion(paths)).not.toBe(before);
  });
});

async function until(fact: () => Promise<boolean>): Promise<void> {
  while (!(await fact())) await new Promise((resolve) => setTimeout(resolve, 10));
}
