import { TaskLimitError } from '#subprocess';
import { FILE_TASK } from './file-task.js';
import type { LogoIngestion } from './logo.js';
import { refuse } from './logo-refusal.js';

const MAX_BYTES = 5 * 1024 * 1024;

/** Reads an uploaded logo in a subprocess. */
export async function ingestLogo(bytes: Buffer): Promise<LogoIngestion> {
  if (bytes.length === 0) return refuse('logo-empty', 'The file is empty.', 'Choose another file.');
  if (bytes.length > MAX_BYTES)
    return refuse('logo-too-large', 'The file is larger than 5 MB.', 'Save it smaller; 1000 pixels are enough.');
  try {
    const output = await FILE_TASK.run({ kind: 'logo', bytes });
    if (output.kind !== 'logo') throw new Error('The subprocess answered about another file.');
    return output.read;
  } catch (error) {
    if (error instanceof TaskLimitError) return tooHeavy(bytes);
    throw error;
  }
}

/** An SVG begins with a sign of XML, or of gzip. */
function tooHeavy(bytes: Buffer): LogoIngestion {
  const isSvg = bytes[0] === 0x1f || bytes.subarray(0, 64).toString('latin1').includes('<');
  return isSvg
    ? refuse(
        'logo-svg-too-heavy',
        'The SVG cannot be drawn, or takes too long to draw.',
        'Simplify it, or upload a PNG.',
      )
    : refuse(
        'logo-too-heavy',
        'The picture takes too long or too much memory to open.',
        'Export it again as PNG; 1000 pixels are enough.',
      );
}
