import { existsSync, readFileSync } from 'node:fs';

const BOOT_ID = '/proc/sys/kernel/random/boot_id';

/**
 * The id of this boot of the machine (proc(5)); `unknown` if the system has
 * none.
 */
export const bootId = (): string => (existsSync(BOOT_ID) ? readFileSync(BOOT_ID, 'utf8').trim() : 'unknown');

/**
 * Files of processes are named by machine, process id and time. A machine's
 * name may contain `_`.
 */
const NAME = /^(.+)_(\d+)_\d+$/;

/**
 * @param name `machine_pid_time`.
 * @returns null if the name has another form.
 */
export function ownerOf(name: string): { readonly machine: string; readonly pid: number } | null {
  const [, machine, pid] = NAME.exec(name) ?? [];
  return machine === undefined ? null : { machine, pid: Number(pid) };
}

/**
 * Whether another process of this machine has this id. Our own id does not
 * count: in a container the new process often has the id of the old one.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch (error) {
    // EPERM: the process exists, but belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
