import { createHash, randomBytes } from 'node:crypto';
import { constants, createReadStream, type ReadStream } from 'node:fs';
import { access, chmod, link, mkdir, open, readFile, rename, stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel';
import { unlessMissing } from './unless-missing.js';

/**
 * SHA-256 of the bytes, 64 lower-case hexadecimal digits: the only name of a
 * blob.
 */
export type BlobHash = string;

const HASH = /^[0-9a-f]{64}$/;

/** Modes of files. A blob that is stored for ever is read-only. */
const FOR_EVER = 0o444;
const REMOVABLE = 0o644;
const OWNER_WRITES = 0o200;

/**
 * Content-addressed files on a file system that all processes share. The same
 * bytes are stored once and never change.
 */
@Injectable()
export class BlobStore {
  constructor(private readonly folder: string) {}

  /**
   * Stores bytes for ever. Returns after they are durable.
   * @throws Error naming the folder if it cannot be written.
   */
  async put(bytes: Uint8Array): Promise<BlobHash> {
    return this.store(bytes, FOR_EVER);
  }

  /**
   * Stores bytes that `removeUnused` may delete, unless `put` stored the same
   * ones. The caller records them, so that they are found when they are no
   * longer used.
   * @throws Error naming the folder if it cannot be written.
   */
  async putRemovable(bytes: Uint8Array): Promise<BlobHash> {
    return this.store(bytes, REMOVABLE);
  }

  /** @throws DomainError `blob.not-found` */
  async get(hash: BlobHash): Promise<Buffer> {
    const path = this.path(hash);
    try {
      return await readFile(path);
    } catch (cause) {
      throw missing(hash, cause);
    }
  }

  /**
   * The bytes as a stream, with their size.
   * @throws DomainError `blob.not-found`
   */
  async stream(hash: BlobHash): Promise<{ stream: ReadStream; size: number }> {
    const path = this.path(hash);
    try {
      const { size } = await stat(path);
      return { stream: createReadStream(path), size };
    } catch (cause) {
      throw missing(hash, cause);
    }
  }

  /** Bytes of a blob; 0 if it does not exist. */
  async sizeOf(hash: BlobHash): Promise<number> {
    return stat(this.path(hash)).then(
      ({ size }) => size,
      () => 0,
    );
  }

  async has(hash: BlobHash): Promise<boolean> {
    return exists(this.path(hash));
  }

  /**
   * Whether the bytes were last stored before a time of the machine's clock.
   * True for a blob that does not exist.
   */
  async isOlder(hash: BlobHash, than: Date): Promise<boolean> {
    const found = await stat(this.path(hash)).catch(unlessMissing(null));
    return found === null || found.mtime < than;
  }

  /**
   * Deletes a blob that was stored by `putRemovable` only, and last before a
   * time of the machine's clock. Storing the same bytes meanwhile prevents it:
   * so a caller may name bytes in a row after it has stored them.
   * @returns whether it does not exist any more.
   */
  async removeUnused(hash: BlobHash, before: Date): Promise<boolean> {
    const path = this.path(hash);
    const isUnused = async (at: string): Promise<boolean | null> => {
      const found = await stat(at).catch(unlessMissing(null));
      return found && (found.mode & OWNER_WRITES) !== 0 && found.mtime < before;
    };
    const found = await isUnused(path);
    if (found !== true) return found === null;
    const aside = `${path}.${randomBytes(6).toString('hex')}`;
    await rename(path, aside);
    // Another process may have stored it again just before, or does so now.
    if ((await isUnused(aside)) !== true) await link(aside, path).catch(unlessExists);
    await unlink(aside);
    return !(await this.has(hash));
  }

  private async store(bytes: Uint8Array, mode: number): Promise<BlobHash> {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const path = this.path(hash);
    if (await storedAgain(path, mode)) return hash;
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    try {
      await mkdir(join(path, '..'), { recursive: true });
      const file = await open(draft, 'wx', mode);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
    } catch (cause) {
      await unlink(draft).catch(() => undefined);
      throw new Error(
        `Files cannot be written to ${this.folder}. Check its rights and the free space, or set STORAGE_FOLDER to another folder.`,
        { cause },
      );
    }
    return hash;
  }

  private path(hash: BlobHash): string {
    if (!HASH.test(hash))
      throw new DomainError('blob.hash-malformed', 'The name of a file is 64 hexadecimal digits.', {
        hash: hash.slice(0, 80),
      });
    return join(this.folder, hash.slice(0, 2), hash.slice(2, 4), hash);
  }
}

/**
 * Marks a stored blob as stored now, and for ever if that is asked.
 * @returns false if there is none.
 */
async function storedAgain(path: string, mode: number): Promise<boolean> {
  const now = new Date();
  try {
    await utimes(path, now, now);
    if (mode === FOR_EVER) await chmod(path, FOR_EVER);
    return true;
  } catch (error) {
    return unlessMissing(false)(error);
  }
}

const unlessExists = (error: unknown): void => {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
};

async function exists(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}

function missing(hash: BlobHash, cause: unknown): DomainError {
  return new DomainError(
    'blob.not-found',
    'The file is not in the store. Was STORAGE_FOLDER moved, or is it not shared by all processes?',
    { hash },
    { kind: 'not-found', cause },
  );
}
