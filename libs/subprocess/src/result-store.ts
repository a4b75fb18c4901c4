import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';

const NAME = /^[0-9a-f]{64}$/;
const DIGEST_BYTES = 32;
const MAX_BYTES = 256_000_000;

/**
 * Results of tasks as files, by the hash of code and input, so that a restart
 * and another process do not compute them again. It is a cache: a file that is
 * missing, damaged or cannot be written costs one run. The least recently used
 * files are removed beyond `maxBytes`.
 */
export class ResultStore {
  private index: Promise<LRUCache<string, number>> | null = null;

  constructor(
    private readonly folder: string,
    private readonly maxBytes = MAX_BYTES,
  ) {}

  /** @param name 64 hexadecimal digits. */
  async get(name: string): Promise<Buffer | null> {
    const index = await this.loaded();
    const bytes = await readFile(join(this.folder, name)).catch(() => null);
    if (bytes === null) return null;
    const content = bytes.subarray(DIGEST_BYTES);
    if (!digestOf(content).equals(bytes.subarray(0, DIGEST_BYTES))) return null;
    index.set(name, bytes.length);
    const now = new Date();
    await utimes(join(this.folder, name), now, now).catch(() => undefined);
    return content;
  }

  async put(name: string, content: Buffer): Promise<void> {
    const index = await this.loaded();
    const draft = join(this.folder, `${name}.${randomBytes(6).toString('hex')}`);
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await writeFile(draft, Buffer.concat([digestOf(content), content]), { mode: 0o600 });
      await rename(draft, join(this.folder, name));
      index.set(name, content.length + DIGEST_BYTES);
    } catch {
      await unlink(draft).catch(() => undefined);
    }
  }

  private loaded(): Promise<LRUCache<string, number>> {
    this.index ??= this.load();
    return this.index;
  }

  private async load(): Promise<LRUCache<string, number>> {
    const index = new LRUCache<string, number>({
      maxSize: this.maxBytes,
      sizeCalculation: (bytes) => bytes,
      dispose: (_, name, reason) => {
        if (reason === 'evict') void unlink(join(this.folder, name)).catch(() => undefined);
      },
    });
    const names = await readdir(this.folder).catch(() => []);
    const files = await Promise.all(
      names.map(async (name) => ({ name, at: await stat(join(this.folder, name)).catch(() => null) })),
    );
    // A draft without its name is left by a process that was killed.
    for (const { name } of files.filter((file) => !NAME.test(file.name)))
      await unlink(join(this.folder, name)).catch(() => undefined);
    const whole = files.flatMap(({ name, at }) => (at === null || !NAME.test(name) ? [] : [{ name, at }]));
    for (const { name, at } of whole.sort((a, b) => a.at.mtimeMs - b.at.mtimeMs)) index.set(name, Math.max(1, at.size));
    return index;
  }
}

const digestOf = (content: Buffer): Buffer => createHash('sha256').update(content).digest();
