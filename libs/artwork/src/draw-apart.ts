import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '#kernel';
import { fontFile } from './fonts.js';

/**
 * Bounds of one drawing. The wall is there for what waits without working alone: on a machine with twenty times more to do than it
 * has cores for, 15 s refused honest pictures.
 */
const CPU_SECONDS = { logo: 3, post: 3, raster: 10 };
const WALL_MS = 60_000;
/** V8's share, and everything that the process may write to; librsvg's pixels are no part of V8's. */
const HEAP_MB = 128;
const DATA_KB = 800_000;

/** What to draw: an SVG or a raster picture as PNG of at most 2000 pixels a side, or an SVG as raw red, green and blue of exactly this size. */
export type Drawing = 'logo' | 'raster' | { readonly width: number; readonly height: number };

/**
 * Draws a stranger's picture in a process of its own, which is killed when it takes more time or memory than any honest picture.
 * @returns the picture's bytes, or null when it cannot be drawn within the limits.
 */
export function drawApart(picture: Buffer, drawing: Drawing): Promise<Buffer | null> {
  const wanted = typeof drawing === 'string' ? [drawing] : [String(drawing.width), String(drawing.height)];
  const seconds = CPU_SECONDS[typeof drawing === 'string' ? drawing : 'post'];
  return new Promise((resolve) => {
    // The shell's limits hold even where a signal handler would not run.
    const command = `ulimit -t ${seconds}; ulimit -d ${DATA_KB}; exec "$0" --max-old-space-size=${HEAP_MB} "$@"`;
    const script = join(packageRoot(), 'libs/artwork/rasterise.mjs');
    const child = spawn('sh', ['-c', command, process.execPath, script, ...wanted], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { FONTCONFIG_FILE: join(fontFile('regular'), '../fonts.conf'), PATH: '/usr/bin:/bin' },
    });
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => child.kill('SIGKILL'), WALL_MS);
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.on('error', () => undefined);
    child.on('error', () => {
      clearTimeout(timer);
      resolve(null);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0 && chunks.length > 0 ? Buffer.concat(chunks) : null);
    });
    child.stdin.end(picture);
  });
}
