import { readFileSync } from 'node:fs';

/** Resources that a process has used so far. */
export interface Usage {
  readonly cpuMs: number;
  readonly memoryMb: number;
}

/** Linux reports processor time in hundredths of a second (proc(5)). */
const TICK_MS = 10;
const PAGE_MB = 4096 / 1_000_000;

/**
 * @returns null if the process has ended, or the system has no /proc. The wall
 *   limit and those of the shell apply then.
 */
export function usageOf(pid: number): Usage | null {
  try {
    // The name of the command may contain blanks and brackets.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const resident = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1];
    return {
      cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
      memoryMb: Number(resident) * PAGE_MB,
    };
  } catch {
    return null;
  }
}
