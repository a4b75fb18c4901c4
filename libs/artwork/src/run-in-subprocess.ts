import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '#kernel';
import { fontFile } from './fonts.js';

/** What a process may use. The wall is there for what waits without working alone. */
export interface ProcessLimits {
  readonly cpuSeconds: number;
  readonly wallMs: number;
  /** V8's share. */
  readonly heapMb: number;
  /** Everything that the process may write to: pixels and inflated streams are no part of V8's. */
  readonly dataKb: number;
}

/**
 * Looks at a stranger's bytes in a process of its own, which is killed when it takes more than any honest file.
 * @param script one of this lib's, beside `src`; it reads standard input.
 * @returns what it wrote to standard output, or null where it wrote nothing, failed or was killed.
 */
export function runInSubprocess(
  script: string,
  args: readonly string[],
  input: Buffer,
  { cpuSeconds, wallMs, heapMb, dataKb }: ProcessLimits,
): Promise<Buffer | null> {
  return new Promise((resolve) => {
    // The shell's limits hold even where a signal handler would not run.
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
