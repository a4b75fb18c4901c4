import type { Box, PlacedSlot, Surface, PageRotation } from './document-slot.js';
import type { FontTable } from './slot-fonts.js';

/** An object that the master keeps free for a partner, by what the partner's revision may put there. */
export type ReservedObject =
  | { readonly kind: 'drawing'; readonly object: number; readonly page: number; readonly boxes: readonly Box[] }
  | { readonly kind: 'picture'; readonly object: number; readonly surface: Surface }
  | { readonly kind: 'mask'; readonly object: number; readonly surface: Surface }
  | { readonly kind: 'link'; readonly object: number; readonly slot: string; readonly box: Box };

/** What a verifier needs to know of a master: which bytes come first, and what may follow them. */
export interface DocumentProof {
  /** SHA-256 of the master's bytes, hex. */
  readonly sha256: string;
  readonly byteLength: number;
  /** The trailer's entries, as the revision repeats them: `/Size 40 /Root 3 0 R /Info 5 0 R`. */
  readonly trailer: string;
  /** Byte offset of the master's cross-reference table. */
  readonly xrefOffset: number;
  readonly reserved: readonly ReservedObject[];
}

/** A master's plan: everything that filling it in needs besides its bytes. */
export interface DocumentPlan extends DocumentProof {
  readonly places: readonly (PlacedSlot & { readonly turn: PageRotation })[];
  /** Resource name of each font on every page with slots. */
  readonly fontNames: readonly string[];
  /** SHA-256 of the font tables' JSON. */
  readonly fontsHash: string;
}

export interface PreparedParts {
  readonly plan: DocumentPlan;
  /** Parsed on demand: the same tables serve many documents. */
  readonly fonts: () => readonly FontTable[];
  readonly master: Buffer;
}

const MAGIC = 'throughline/document@1';

/** One blob: a line that says how long the parts are, the plan, the font tables, the master's bytes as they are. */
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
  if (magic !== MAGIC) throw new Error('This is no prepared document of this version; publish the campaign again.');
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

/** What a verifier signs and checks of a prepared document; no part of how it is filled in. */
export function documentProof(prepared: Buffer): DocumentProof {
  const { sha256, byteLength, trailer, xrefOffset, reserved } = unpackDocument(prepared).plan;
  return { sha256, byteLength, trailer, xrefOffset, reserved };
}
