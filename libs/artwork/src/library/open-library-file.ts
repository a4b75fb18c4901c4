import { TaskLimitError } from '#subprocess';
import { FILE_LIMITS, FILE_TASK, type FileInput, type FileOutput } from '../file-task.js';
import type { PreparedDocument } from '../document/read-document.js';
import { refuse } from '../logo-refusal.js';
import type { Corner } from './library-branding.js';
import type { BrandedDocumentSource } from './library-document.js';
import type { LibraryReading } from './library-file.js';
import type { CutPicture, CutSource } from './library-picture.js';

/** Reads a file for a vendor's library, in a subprocess. */
export async function openLibraryFile(bytes: Buffer): Promise<LibraryReading> {
  if (bytes.length === 0) return refuse('file-empty', 'The file is empty.', 'Choose another file.');
  try {
    return (await run({ kind: 'library-file', bytes }, 'library-file')).read;
  } catch (error) {
    if (!(error instanceof TaskLimitError)) throw error;
    return refuse(
      'file-too-heavy',
      `The file cannot be opened within ${FILE_LIMITS.cpuMs / 1000} s and ${FILE_LIMITS.memoryMb} MB.`,
      'Export it again, with pictures of at most 300 dpi.',
    );
  }
}

/**
 * Cuts a picture in a subprocess.
 * @throws TaskLimitError, TaskBusyError.
 */
export async function cutPicture(source: CutSource): Promise<CutPicture> {
  const { cut } = await run({ kind: 'cut', source }, 'cut');
  return { ...cut, bytes: Buffer.from(cut.bytes) };
}

/**
 * Puts a logo (PNG) into a corner of a picture, in a subprocess.
 * @returns a PNG of at most 2400 pixels width.
 * @throws TaskLimitError, TaskBusyError.
 */
export async function brandPicture(picture: Buffer, logo: Buffer, corner: Corner): Promise<Buffer> {
  return Buffer.from((await run({ kind: 'branded-picture', picture, logo, corner }, 'branded-picture')).png);
}

/**
 * Makes the master of a library's document in a subprocess, as
 * `prepareDocument`.
 * @throws TaskLimitError, TaskBusyError.
 */
export async function prepareLibraryDocument(source: BrandedDocumentSource): Promise<PreparedDocument> {
  return (await run({ kind: 'library-document', source }, 'library-document')).prepared;
}

async function run<Kind extends FileOutput['kind']>(
  input: FileInput,
  kind: Kind,
): Promise<Extract<FileOutput, { kind: Kind }>> {
  const output = await FILE_TASK.run(input);
  if (output.kind !== kind) throw new Error('The subprocess answered about another file.');
  return output as Extract<FileOutput, { kind: Kind }>;
}
