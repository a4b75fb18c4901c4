import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { runInSubprocess } from '../run-in-subprocess.js';

/** A document of 20 MB takes much less. */
const BOUNDS = { cpuSeconds: 20, wallMs: 90_000, heapMb: 768, dataKb: 2_000_000 };
/**
 * Hashes of files that were safe. An author's draft is compiled at each pause
 * in typing.
 */
const safe = new LRUCache<string, true>({ max: 200 });

/**
 * Whether a vendor's PDF can be opened in this process. It is opened in a
 * subprocess first.
 */
export async function isSafeToOpen(bytes: Buffer): Promise<boolean> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (safe.has(hash)) return true;
  if ((await runInSubprocess('probe-document.mjs', [], bytes, BOUNDS)) === null) return false;
  safe.set(hash, true);
  return true;
}
