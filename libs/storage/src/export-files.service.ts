import { createReadStream, type ReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { TemporaryFiles } from './temporary-files.service.js';

/** Files that people download for some days, such as exports. */
export class ExportFiles extends TemporaryFiles {
  /**
   * The bytes as a stream, with their size.
   * @throws Error if the file does not exist.
   */
  async stream(name: string): Promise<{ stream: ReadStream; size: number }> {
    const path = this.path(name);
    const { size } = await stat(path);
    return { stream: createReadStream(path), size };
  }
}
