import type { Manifest, Receipt } from '#contracts';
import { DomainError } from '#kernel';
import { sha256 } from './canonical-json.js';
import { type Finding, findingOf } from './finding.js';
import { verifyPdf } from './pdf-seal.js';
import { readPng, verifyPixels } from './picture-seal.js';

/** What became of a document or picture, and of what it is a copy. */
export interface AssetVerdict {
  readonly finding: Finding | null;
  readonly of: string | null;
}

/** A partner's PDF: its pages are those of a document of the manifest. The receipt pins the partner's part, too. */
export function verifyDocumentFile(bytes: Buffer, { documents }: Manifest, receipt: Receipt | null): AssetVerdict {
  const other = otherBytes(bytes, receipt, 'document');
  if (documents.length === 0) return { finding: nothingLike('document'), of: null };
  const tried = documents.map((sealed) => ({ sealed, finding: verifyPdf(sealed, bytes) }));
  // Whose locked bytes are right has come further than whose are not.
  const best =
    tried.find(({ finding }) => finding === null) ??
    tried.find(({ finding }) => finding?.code === 'revision') ??
    tried[0];
  return {
    finding: best?.finding ?? other,
    of:
      best === undefined || best.finding?.code === 'locked-bytes'
        ? null
        : `document ${best.sealed.key} (${best.sealed.locale})`,
  };
}

/**
 * A post's picture. PNG: its locked pixels are compared. JPEG: only its receipt can tell, by its very bytes.
 * @throws DomainError `seal.receipt-missing` for a JPEG without a receipt.
 */
export function verifyPictureFile(bytes: Buffer, { pictures }: Manifest, receipt: Receipt | null): AssetVerdict {
  const other = otherBytes(bytes, receipt, 'picture');
  const of = receipt === null ? null : `picture ${receipt.key} (${receipt.locale})`;
  if (bytes[0] === 0xff) {
    if (receipt !== null) return { finding: other, of };
    throw new DomainError(
      'seal.receipt-missing',
      'JPEG changes every pixel, so that locked ones cannot be compared. Give the picture’s receipt: it names its very bytes.',
      { field: 'receipt' },
    );
  }
  const pixels = readPng(bytes);
  if (pixels === null) {
    const message = 'This is no PNG without transparency, as posts’ pictures are.';
    return {
      finding: findingOf('file', { code: 'not-png', message, wayOut: 'Give the picture as it was downloaded.' }),
      of,
    };
  }
  const tried = pictures.map((sealed) => ({ sealed, finding: verifyPixels(sealed, pixels) }));
  const best =
    tried.find(({ finding }) => finding === null) ??
    tried.find(({ finding }) => finding?.code === 'locked-pixels') ??
    tried[0];
  if (best === undefined) return { finding: nothingLike('picture'), of };
  return {
    finding: best.finding ?? other,
    of: `picture ${best.sealed.key} ${best.sealed.format} (${best.sealed.locale})`,
  };
}

function otherBytes(bytes: Buffer, receipt: Receipt | null, medium: Receipt['medium']): Finding | null {
  if (receipt === null) return null;
  const found = sha256(bytes);
  if (receipt.medium === medium && receipt.hashes.bytes === found) return null;
  return findingOf('file', {
    code: 'other-bytes',
    expected: receipt.hashes.bytes,
    found,
    message: 'These are not the bytes that the receipt was written for.',
    wayOut: 'Give the receipt of this very file, or download the file again from the partner.',
  });
}

const nothingLike = (noun: string): Finding =>
  findingOf('file', {
    code: 'no-master',
    message: `The manifest has no ${noun} that this could be.`,
    wayOut: 'Give the manifest of the campaign version that it belongs to.',
  });
