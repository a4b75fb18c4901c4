import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A digest of names, sizes and times of all inputs of a build. */
export function fingerprint(paths) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const stat = statSync(path);
    if (!stat.isDirectory()) return hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
    for (const name of readdirSync(path).sort())
      if (name !== 'node_modules' && name !== 'dist') visit(join(path, name));
  };
  for (const path of paths) if (existsSync(path)) visit(path);
  return hash.digest('hex');
}

export const contentHash = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Runs `work` unless `stamp` contains the same `key`. */
export async function unlessFresh(stamp, key, work) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return false;
  await work();
  writeFileSync(stamp, key);
  return true;
}
