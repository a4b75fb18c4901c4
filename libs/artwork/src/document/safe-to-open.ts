import { createHash } from 'node:crypto';
import { runInSubprocess } from '../run-in-subprocess.js';

/** Far beyond what a document of 20 MB takes. */
const BOUNDS = { cpuSeconds: 20, wallMs: 90_000, heapMb: 768, dataKb: 2_000_000 };
/** Files that were light a while ago: an author's draft is compiled at each pause in typing. */
const safe = new Set<string>();
const MOST_REMEMBERED = 200;

/** Whether a vendor's PDF can be opened in this process: it was opened in another, which may be killed. */
export async function isSafeToOpen(bytes: Buffer): Promise<boolean> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (safe.has(hash)) return true;
  if ((await runInSubprocess('probe-document.mjs', [], bytes, BOUNDS)) === null) return false;
  if (safe.size >= MOST_REMEMBERED) safe.clear();
  safe.add(hash);
  return true;
}
