import { TaskLimitError } from '#subprocess';
import { FILE_LIMITS, FILE_TASK } from '../file-task.js';
import type { DocumentSource, PreparedDocument } from './read-document.js';

/**
 * Makes a master of a vendor's PDF in a subprocess, once per publishing. This
 * process never opens the vendor's bytes, only the master.
 */
export async function prepareDocument({ file, bytes, slots }: DocumentSource): Promise<PreparedDocument> {
  try {
    const output = await FILE_TASK.run({ kind: 'document', source: { file, bytes, slots } });
    if (output.kind !== 'document') throw new Error('The subprocess answered about another file.');
    return output.prepared;
  } catch (error) {
    if (!(error instanceof TaskLimitError)) throw error;
    const tooHeavy = {
      code: 'pdf-too-heavy',
      severity: 'error',
      file,
      line: null,
      column: null,
      message: `The document cannot be opened within ${FILE_LIMITS.cpuMs / 1000} s and ${FILE_LIMITS.memoryMb} MB.`,
      remedy: 'Export it again as PDF 1.7, with pictures of at most 300 dpi.',
    } as const;
    return { ok: false, problems: [tooHeavy] };
  }
}
