import { createHash } from 'node:crypto';
import { runApart } from '../run-apart.js';

/** Far beyond what a document of 20 MB takes. */
const BOUNDS = { cpuSeconds: 20, wallMs: 90_000, heapMb: 768, dataKb: 2_000_000 };
/** Files that were light a while ago: an author's draft is compiled at each pause in typing. */
const light = new Set<string>();
const MOST_REMEMBERED = 200;

/** Whether a vendor's PDF can be opened in this process: it was opened in another, which may be killed. */
export async function isLight(bytes: Buffer): Promise<boolean> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (light.has(hash)) return true;
  if ((await runApart('weigh-document.mjs', [], bytes, BOUNDS)) === null) return false;
  if (light.size >= MOST_REMEMBERED) light.clear();
  light.add(hash);
  return true;
}
