import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { runInSubprocess } from '../run-in-subprocess.js';

/**
 * This process opens a readable document, too, and answers no request
 * meanwhile. So the limits are what it can bear.
 */
const BOUNDS = { cpuSeconds: 6, wallMs: 60_000, heapMb: 512, dataKb: 1_000_000 };

const DocumentProbe = z.discriminatedUnion('state', [
  z.object({ state: z.literal('readable') }),
  z.object({ state: z.literal('locked') }),
  z.object({ state: z.literal('damaged'), message: z.string() }),
]);

/**
 * What a subprocess found in a vendor's PDF. Only a readable one may be opened
 * in this process.
 */
export type DocumentProbe = z.infer<typeof DocumentProbe>;

/**
 * Results by hash of the file. An author's draft is compiled at each pause in
 * typing.
 */
const probes = new LRUCache<string, DocumentProbe>({ max: 200 });

/**
 * Opens a PDF in a subprocess.
 * @returns null if it needs more than 6 s of CPU or 1 GB.
 */
export async function probeDocument(bytes: Buffer): Promise<DocumentProbe | null> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const known = probes.get(hash);
  if (known !== undefined) return known;
  const output = await runInSubprocess('probe-document.mjs', [], bytes, BOUNDS);
  if (output === null) return null;
  const probe = DocumentProbe.parse(JSON.parse(output.toString('utf8')));
  probes.set(hash, probe);
  return probe;
}
