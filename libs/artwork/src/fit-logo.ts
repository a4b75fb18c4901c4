import { FILE_TASK } from './file-task.js';
import type { LogoBox } from './logo.js';

/**
 * Fits a logo into a box: a PNG of exactly twice `width` × `height` pixels (for
 * high-density screens), transparent around it, with its aspect ratio. It is
 * drawn in a subprocess: in api, 24 at once made a sign-in wait for 4.6 s,
 * because both need the same four threads.
 * @throws TaskLimitError, TaskBusyError.
 */
export async function fitLogo(png: Buffer, box: LogoBox): Promise<Buffer> {
  const output = await FILE_TASK.run({ kind: 'fitted', png, box });
  if (output.kind !== 'fitted') throw new Error('The subprocess answered about another file.');
  return Buffer.from(output.png);
}
