import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds per tick of /proc/<pid>/stat: USER_HZ is 100 on every Linux that Node supports. */
const MS_PER_TICK = 10;

/** Fields of /proc/<pid>/stat after the name, which may contain any character (proc(5)). */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/**
 * CPU time of processes, user and system: their own threads and their ended children.
 */
export function cpuMs(pids) {
  return pids.reduce((sum, pid) => {
    const stat = statOf(pid);
    return stat === null
      ? sum
      : sum + stat.slice(11, 15).reduce((ticks, field) => ticks + Number(field), 0) * MS_PER_TICK;
  }, 0);
}

/** A process and its running children, such as those of PostgreSQL. */
export function familyOf(parent) {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && statOf(name)?.[1] === String(parent));
  return [parent, ...children.map(Number)];
}

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

export const percentile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
