import { FILE_TASK } from './file-task.js';
import type { LogoBox, LogoPlate, PlatedLogo } from './logo.js';

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

/**
 * Puts a logo on a white plate: a PNG of twice the size, without transparency.
 * A mail program that turns light mail dark leaves pictures as they are, so a
 * dark logo stays visible. Drawn in a subprocess, as `fitLogo`.
 * @returns the picture and its size, which follows the shape of the logo.
 * @throws TaskLimitError, TaskBusyError.
 */
export async function plateLogo(png: Buffer, plate: LogoPlate): Promise<PlatedLogo> {
  const output = await FILE_TASK.run({ kind: 'plated', png, plate });
  if (output.kind !== 'plated') throw new Error('The subprocess answered about another file.');
  return { ...output.plated, png: Buffer.from(output.plated.png) };
}
