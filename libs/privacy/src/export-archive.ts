import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/**
 * A zip archive that is written while its content is read. Memory holds one
 * chunk of one entry.
 */
export class ExportArchive {
  private readonly zip = new ZipFile();
  private readonly broken = new AbortController();

  /** The archive's bytes. If its reader fails, `abort` ends the writing. */
  get output(): NodeJS.ReadableStream {
    return this.zip.outputStream;
  }

  abort(cause: unknown): void {
    this.broken.abort(cause);
  }

  /**
   * Writes one entry from chunks, and waits for the reader.
   * @throws Error as `chunks`; AbortError after `abort`.
   */
  async add(path: string, chunks: (write: (chunk: string) => Promise<void>) => Promise<void>): Promise<void> {
    const entry = new PassThrough();
    this.zip.addReadStream(entry, path);
    const { signal } = this.broken;
    const ended = once(entry, 'end', { signal });
    try {
      await chunks(async (chunk) => {
        signal.throwIfAborted();
        if (!entry.write(chunk)) await once(entry, 'drain', { signal });
      });
    } catch (error) {
      ended.catch(() => undefined);
      this.zip.outputStream.emit('error', error);
      throw error;
    }
    entry.end();
    await ended;
  }

  /** Writes a file as it is: pictures and packages are compressed already. */
  async addFile(path: string, stream: Readable): Promise<void> {
    const ended = once(stream, 'close', { signal: this.broken.signal });
    this.zip.addReadStream(stream, path, { compress: false });
    await ended;
  }

  end(): void {
    this.zip.end();
  }
}
