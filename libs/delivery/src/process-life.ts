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
