import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '#kernel';
import { fontFile } from './fonts.js';

/**
 * Resource limits of a process. The wall limit stops a process that waits
 * without using CPU.
 */
export interface ProcessLimits {
  readonly cpuSeconds: number;
  readonly wallMs: number;
  /** V8's share. */
  readonly heapMb: number;
  /**
   * All writable memory. Pixels and inflated streams are not part of V8's heap.
   */
  readonly dataKb: number;
}

/**
 * Processes untrusted bytes in a subprocess with limits.
 * @param script a script of this lib, beside `src`, that reads standard input.
 * @returns its standard output, or null if it wrote nothing, failed or was
 *   killed.
 */
export function runInSubprocess(
  script: string,
  args: readonly string[],
  input: Buffer,
  { cpuSeconds, wallMs, heapMb, dataKb }: ProcessLimits,
): Promise<Buffer | null> {
  return new Promise((resolve) => {
    // The shell's limits also apply while a signal handler cannot run.
    const command = `ulimit -t ${cpuSeconds}; ulimit -d ${dataKb}; exec "$0" --max-old-space-size=${heapMb} "$@"`;
    const file = join(packageRoot(), 'libs/artwork', script);
    const child = spawn('sh', ['-c', command, process.execPath, file, ...args], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { FONTCONFIG_FILE: join(fontFile('regular'), '../fonts.conf'), PATH: '/usr/bin:/bin' },
    });
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => child.kill('SIGKILL'), wallMs);
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
    child.stdin.end(input);
  });
}
