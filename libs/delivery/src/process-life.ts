import { existsSync, readFileSync } from 'node:fs';

const BOOT_ID = '/proc/sys/kernel/random/boot_id';

/** Which boot of this machine it is (proc(5)); `unknown` where the system does not say. */
export const bootId = (): string => (existsSync(BOOT_ID) ? readFileSync(BOOT_ID, 'utf8').trim() : 'unknown');

/** Files of processes are named by machine, process id and moment, in this order; a machine's name may have what parts them. */
const NAME = /^(.+)_(\d+)_\d+$/;

/** @param name `machine_pid_moment`. @returns null for what is no such name. */
export function ownerOf(name: string): { readonly machine: string; readonly pid: number } | null {
  const [, machine, pid] = NAME.exec(name) ?? [];
  return machine === undefined ? null : { machine, pid: Number(pid) };
}

/** Whether a process of this machine lives. In a container the new process often has the number of the old one: our own number is no sign of somebody else's life. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch (error) {
    // Not ours to signal, but there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
