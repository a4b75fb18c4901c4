import { runInSubprocess } from './run-in-subprocess.js';

/** On a machine with twenty times more to do than it has cores for, a wall of 15 s refused honest pictures. */
const BOUNDS = { wallMs: 60_000, heapMb: 128, dataKb: 800_000 };
const CPU_SECONDS = { logo: 3, post: 3, raster: 10 };

/** What to draw: an SVG or a raster picture as PNG of at most 2000 pixels a side, or an SVG as raw red, green and blue of exactly this size. */
export type Drawing = 'logo' | 'raster' | { readonly width: number; readonly height: number };

/** @returns the picture's bytes, or null when it cannot be drawn within the limits of a process of its own. */
export function drawInSubprocess(picture: Buffer, drawing: Drawing): Promise<Buffer | null> {
  const wanted = typeof drawing === 'string' ? [drawing] : [String(drawing.width), String(drawing.height)];
  const cpuSeconds = CPU_SECONDS[typeof drawing === 'string' ? drawing : 'post'];
  return runInSubprocess('rasterise.mjs', wanted, picture, { ...BOUNDS, cpuSeconds });
}
