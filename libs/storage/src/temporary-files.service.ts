import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel';
import { unlessMissing } from './unless-missing.js';

const NAME = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Files that one process writes for another to read once, such as previews.
 * As blobs they would be kept for ever, and each pause in typing makes one.
 * A crash may lose them: the caller asks again.
 */
@Injectable()
export class TemporaryFiles {
  constructor(private readonly folder: string) {}

  /**
   * @returns the name for `readOnce`.
   * @throws Error naming the folder if it cannot be written.
   */
  async save(bytes: Uint8Array): Promise<string> {
    const name = randomUUID();
    try {
      await mkdir(this.folder, { recursive: true });
      await writeFile(join(this.folder, name), bytes, { flag: 'wx' });
    } catch (cause) {
      throw new Error(
        `Files cannot be written to ${this.folder}. Check its rights and the free space, or set STORAGE_FOLDER to another folder.`,
        { cause },
      );
    }
    return name;
  }

  /**
   * Writes what arrives, without keeping it in memory. If it breaks off, nothing
   * is left.
   * @returns the name for `readOnce`.
   * @throws Error as the stream, or AbortError.
   */
  async receive(stream: NodeJS.ReadableStream, signal: AbortSignal): Promise<string> {
    const name = randomUUID();
    await mkdir(this.folder, { recursive: true });
    try {
      await pipeline(stream, createWriteStream(join(this.folder, name), { flags: 'wx' }), { signal });
    } catch (error) {
      await this.remove(name);
      throw error;
    }
    return name;
  }

  /** Deletes a file that was not read, if it exists. */
  async remove(name: string): Promise<void> {
    await unlink(this.path(name)).catch(unlessMissing(undefined));
  }

  /**
   * Reads a file and deletes it.
   * @throws DomainError `file.not-found` if it was read already, or does not
   *   exist.
   */
  async readOnce(name: string): Promise<Buffer> {
    try {
      const path = this.path(name);
      const bytes = await readFile(path);
      await unlink(path);
      return bytes;
    } catch (cause) {
      throw new DomainError(
        'file.not-found',
        'The temporary file is not in the store. Ask again. If it is still missing, STORAGE_FOLDER is not shared by all processes.',
        { name: name.slice(0, 80) },
        { kind: 'not-found', cause },
      );
    }
  }

  /**
   * Deletes files older than a time of the machine's clock.
   * @returns how many.
   */
  async sweep(before: Date): Promise<number> {
    const names = await readdir(this.folder).catch(unlessMissing([]));
    const gone = await Promise.all(
      names.map(async (name) => {
        const path = join(this.folder, name);
        const left = await stat(path).catch(unlessMissing(null));
        if (left === null || left.mtime >= before) return false;
        return unlink(path).then(() => true, unlessMissing(false));
      }),
    );
    return gone.filter(Boolean).length;
  }

  protected path(name: string): string {
    if (!NAME.test(name)) throw new Error('The name of a temporary file is a UUID.');
    return join(this.folder, name);
  }
}
