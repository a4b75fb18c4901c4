import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { LRUCache } from 'lru-cache';
import { packageRoot } from '#kernel';
import { codeVersion } from './code-version.js';
import { keyOf } from './input-key.js';
import { ResultStore } from './result-store.js';

interface Files {
  readonly store: ResultStore;
  /** Of code and fonts; another version does not read these results. */
  readonly version: Promise<string>;
}
let shared: Files | null = null;

/**
 * What decides the result of a task beside its input. npm writes the list of
 * installed packages into node_modules; an image has no package-lock.json.
 */
const CODE = [
  'dist/libs',
  'package.json',
  'node_modules/.package-lock.json',
  'libs/artwork/fonts',
  'libs/artwork/document-fonts',
];

/**
 * Keeps results of tasks in files from now on, also for later processes.
 * @param codeIs names the code, for a run of tests. Default: what is built; then
 *   it has no effect when the product runs from sources, which change without a
 *   build.
 */
export function keepTaskResults(folder: string, codeIs?: string): void {
  if (codeIs === undefined && import.meta.url.endsWith('.ts')) return;
  const version =
    codeIs === undefined ? codeVersion(CODE.map((path) => join(packageRoot(), path))) : Promise.resolve(codeIs);
  // Handled where it is awaited.
  version.catch(() => undefined);
  shared = { store: new ResultStore(folder), version };
}

/**
 * Results of one task by the hash of their input: in memory, and in files if
 * `keepTaskResults` was called. A run that fails is not kept.
 */
export class TaskResults<Output> {
  private readonly inMemory: LRUCache<string, { readonly output: Output }>;
  private readonly running = new Map<string, Promise<{ readonly output: Output }>>();

  constructor(
    private readonly task: string,
    maxBytes: number,
    private readonly files: () => Files | null = () => shared,
  ) {
    this.inMemory = new LRUCache({ maxSize: maxBytes });
  }

  /**
   * @returns the known result, or that of a run that has begun with the same
   *   input, or that of `run`.
   * @throws what `run` throws. Another caller with the same input runs then
   *   itself: it may have more of its limits left.
   */
  async get(input: unknown, run: () => Promise<Output>): Promise<Output> {
    const key = keyOf(input);
    const running = this.running.get(key);
    const known = this.inMemory.get(key) ?? (running && (await running.catch(() => undefined)));
    if (known !== undefined) return known.output;
    const found = this.find(key, run);
    this.running.set(key, found);
    try {
      return (await found).output;
    } finally {
      if (this.running.get(key) === found) this.running.delete(key);
    }
  }

  private async find(key: string, run: () => Promise<Output>): Promise<{ readonly output: Output }> {
    const name = await this.fileName(key);
    const stored = name === null ? null : ((await this.files()?.store.get(name)) ?? null);
    // A task of this name with this code wrote it.
    const found = { output: stored === null ? await run() : (deserialize(stored) as Output) };
    const bytes = stored ?? serialize(found.output);
    this.inMemory.set(key, found, { size: bytes.length });
    if (stored === null && name !== null) void this.files()?.store.put(name, bytes);
    return found;
  }

  private async fileName(key: string): Promise<string | null> {
    const version = await this.files()?.version.catch(() => null);
    if (version == null) return null;
    return createHash('sha256').update(`${version}\0${this.task}\0${key}`).digest('hex');
  }
}
