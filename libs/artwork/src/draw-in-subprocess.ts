import { runInSubprocess } from './run-in-subprocess.js';

/**
 * A wall limit of 15 s refused valid pictures on a machine with twenty times
 * its load.
 */
const BOUNDS = { wallMs: 60_000, heapMb: 128, dataKb: 800_000 };
const CPU_SECONDS = { logo: 3, post: 3, raster: 10 };

/**
 * The output: a PNG of at most 2000 pixels a side (from an SVG or a raster
 * picture), or raw red, green and blue of exactly this size (from an SVG).
 */
export type Drawing = 'logo' | 'raster' | { readonly width: number; readonly height: number };

/**
 * @returns the picture's bytes, or null if the subprocess exceeds its limits or
 *   fails.
 */
export function drawInSubprocess(picture: Buffer, drawing: Drawing): Promise<Buffer | null> {
  const wanted = typeof drawing === 'string' ? [drawing] : [String(drawing.width), String(drawing.height)];
  const cpuSeconds = CPU_SECONDS[typeof drawing === 'string' ? drawing : 'post'];
  return runInSubprocess('rasterise.mjs', wanted, picture, { ...BOUNDS, cpuSeconds });
}
