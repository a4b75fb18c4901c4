import type { Box, PlacedSlot, Surface, PageRotation } from './document-slot.js';
import type { FontTable } from './slot-fonts.js';

/**
 * An object that the master reserves for a partner's values, by what it may
 * contain.
 */
export type ReservedObject =
  | { readonly kind: 'drawing'; readonly object: number; readonly page: number; readonly boxes: readonly Box[] }
  | { readonly kind: 'picture'; readonly object: number; readonly surface: Surface }
  | { readonly kind: 'mask'; readonly object: number; readonly surface: Surface }
  | { readonly kind: 'link'; readonly object: number; readonly slot: string; readonly box: Box };

/**
 * What a verifier needs to know of a master: its bytes, and what may follow
 * them.
 */
export interface DocumentProof {
  /** SHA-256 of the master's bytes, hex. */
  readonly sha256: string;
  readonly byteLength: number;
  /**
   * The trailer's entries, as the revision repeats them: `/Size 40 /Root 3 0 R
   * /Info 5 0 R`.
   */
  readonly trailer: string;
  /** Byte offset of the master's cross-reference table. */
  readonly xrefOffset: number;
  readonly reserved: readonly ReservedObject[];
}

/** Everything except its bytes that filling in a master needs. */
export interface DocumentPlan extends DocumentProof {
  readonly places: readonly (PlacedSlot & { readonly turn: PageRotation })[];
  /** Resource name of each font on every page with slots. */
  readonly fontNames: readonly string[];
  /** SHA-256 of the font tables' JSON. */
  readonly fontsHash: string;
}

export interface PreparedParts {
  readonly plan: DocumentPlan;
  /** Parsed on demand. The same tables are used by many documents. */
  readonly fonts: () => readonly FontTable[];
  readonly master: Buffer;
}

const MAGIC = 'throughline/document@1';

/**
 * One blob: a line with the lengths, the plan, the font tables, the master's
 * bytes.
 */
export function packDocument(plan: DocumentPlan, fonts: string, master: Buffer): Buffer {
  const planBytes = Buffer.from(JSON.stringify(plan));
  const fontBytes = Buffer.from(fonts);
  return Buffer.concat([
    Buffer.from(`${MAGIC} ${planBytes.length} ${fontBytes.length}\n`),
    planBytes,
    fontBytes,
    master,
  ]);
}

/** @throws Error when the blob is none that `packDocument` made. */
export function unpackDocument(blob: Buffer): PreparedParts {
  const head = blob.subarray(0, 80).toString('latin1').split('\n', 1)[0] ?? '';
  const [magic, planLength, fontsLength] = head.split(' ');
  if (magic !== MAGIC) throw new Error('This is not a prepared document of this version. Publish the campaign again.');
  const planAt = head.length + 1;
  const fontsAt = planAt + Number(planLength);
  const masterAt = fontsAt + Number(fontsLength);
  // The bytes were written by `packDocument` and are addressed by their hash.
  const plan = JSON.parse(blob.toString('utf8', planAt, fontsAt)) as DocumentPlan;
  return {
    plan,
    fonts: () => JSON.parse(blob.toString('utf8', fontsAt, masterAt)) as FontTable[],
    master: blob.subarray(masterAt),
  };
}

/** What a verifier signs and checks of a prepared document. */
export function documentProof(prepared: Buffer): DocumentProof {
  const { sha256, byteLength, trailer, xrefOffset, reserved } = unpackDocument(prepared).plan;
  return { sha256, byteLength, trailer, xrefOffset, reserved };
}
