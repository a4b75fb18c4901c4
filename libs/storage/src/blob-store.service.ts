import { createHash, randomBytes } from 'node:crypto';
import { constants, createReadStream, type ReadStream } from 'node:fs';
import { access, mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel';

/**
 * SHA-256 of the bytes, 64 lower-case hexadecimal digits: the only name of a
 * blob.
 */
export type BlobHash = string;

const HASH = /^[0-9a-f]{64}$/;

/**
 * Content-addressed files on a file system that all processes share. The same
 * bytes are stored once and never change.
 */
@Injectable()
export class BlobStore {
  constructor(private readonly folder: string) {}

  /**
   * Returns after the bytes are durable.
   * @throws Error naming the folder if it cannot be written.
   */
  async put(bytes: Uint8Array): Promise<BlobHash> {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const path = this.path(hash);
    if (await exists(path)) return hash;
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    try {
      await mkdir(join(path, '..'), { recursive: true });
      const file = await open(draft, 'wx');
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

  private path(hash: BlobHash): string {
    if (!HASH.test(hash))
      throw new DomainError('blob.hash-malformed', 'The name of a file is 64 hexadecimal digits.', {
        hash: hash.slice(0, 80),
      });
    return join(this.folder, hash.slice(0, 2), hash.slice(2, 4), hash);
  }
}

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
