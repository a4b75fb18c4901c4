import type { Manifest, Receipt, SealedDocument, SealedPicture } from '#contracts';
import { DomainError } from '#kernel';
import { sha256 } from './canonical-json.js';
import { type Finding, findingOf } from './finding.js';
import { documentLock, endOfRevision, verifyPdf } from './pdf-seal.js';
import { pictureLock, readPng, sizeOfPng, verifyPixels, wrongSize } from './picture-seal.js';

/** Verdict on a document or picture, and what it is a copy of. */
export interface AssetVerdict {
  readonly finding: Finding | null;
  readonly of: string | null;
}

/**
 * Verifies a partner's PDF against the documents of the manifest. The receipt
 * also pins the partner's part.
 */
export function verifyDocumentFile(bytes: Buffer, { documents }: Manifest, receipt: Receipt | null): AssetVerdict {
  const other = otherBytes(bytes, receipt, 'document');
  const [first] = documents;
  if (first === undefined) return { finding: nothingLike('document'), of: null };
  const tried = documents.map((sealed) => ({ sealed, finding: verifyPdf(sealed, bytes) }));
  // A copy with correct locked bytes is a closer match.
  const best =
    tried.find(({ finding }) => finding === null) ?? tried.find(({ finding }) => finding?.code === 'revision');
  if (best !== undefined) return { finding: best.finding ?? other, of: documentLock(best.sealed) };
  const meant =
    documents.find((sealed) => isIntended(sealed, bytes, receipt)) ?? (documents.length === 1 ? first : null);
  const changed = tried.find(({ sealed }) => sealed === meant)?.finding ?? tried[0]?.finding ?? null;
  if (meant !== null || changed === null) return { finding: changed, of: meant === null ? null : documentLock(meant) };
  return { finding: { ...changed, lock: documents.map(documentLock).join(' or ') }, of: null };
}

/**
 * Whether a copy with wrong locked bytes claims to be of this document, by its
 * receipt or its trailer.
 */
const isIntended = (sealed: SealedDocument, bytes: Buffer, receipt: Receipt | null): boolean =>
  receipt?.medium === 'document'
    ? receipt.key === sealed.key && receipt.locale === sealed.locale
    : bytes.includes(endOfRevision(sealed));

/**
 * Verifies a post's picture.
 * PNG: compares its locked pixels. JPEG: compares its bytes with its receipt.
 * @throws DomainError `seal.receipt-missing` for a JPEG without a receipt.
 */
export function verifyPictureFile(bytes: Buffer, { pictures }: Manifest, receipt: Receipt | null): AssetVerdict {
  const other = otherBytes(bytes, receipt, 'picture');
  const of = receipt === null ? null : `picture ${receipt.key} (${receipt.locale})`;
  if (bytes[0] === 0xff) {
    if (receipt !== null) return { finding: other, of };
    throw new DomainError(
      'seal.receipt-missing',
      'JPEG changes every pixel, so locked pixels cannot be compared. Give the picture’s receipt: it has the hash of its bytes.',
      { field: 'receipt' },
    );
  }
  const size = sizeOfPng(bytes);
  const fitting = pictures.filter(({ width, height }) => width === size?.width && height === size.height);
  if (size !== null && pictures[0] !== undefined && fitting.length === 0)
    return { finding: wrongSize(pictures[0], size), of };
  const pixels = readPng(bytes);
  if (pixels === null) return { finding: notPlain(fitting), of };
  const tried = fitting.map((sealed) => ({ sealed, finding: verifyPixels(sealed, pixels) }));
  const best =
    tried.find(({ finding }) => finding === null) ??
    tried.find(({ finding }) => finding?.code === 'locked-pixels') ??
    tried[0];
  if (best === undefined) return { finding: nothingLike('picture'), of };
  return {
    finding: best.finding ?? other,
    of: pictureLock(best.sealed),
  };
}

const notPlain = (fitting: readonly SealedPicture[]): Finding =>
  findingOf('file', {
    code: 'not-png',
    lock: fitting.length === 0 ? null : fitting.map(pictureLock).join(' or '),
    message: 'This is not a plain PNG: transparency, animation, colour profiles and comments are refused.',
    remedy: 'Give the picture as it was downloaded.',
  });

function otherBytes(bytes: Buffer, receipt: Receipt | null, medium: Receipt['medium']): Finding | null {
  if (receipt === null) return null;
  const found = sha256(bytes);
  if (receipt.medium === medium && receipt.hashes.bytes === found) return null;
  return findingOf('file', {
    code: 'other-bytes',
    expected: receipt.hashes.bytes,
    found,
    message: 'The bytes differ from those in the receipt.',
    remedy: 'Give the receipt of this file, or download the file again from the partner.',
  });
}

const nothingLike = (noun: string): Finding =>
  findingOf('file', {
    code: 'no-master',
    message: `The manifest has no ${noun} that this could be.`,
    remedy: 'Give the manifest of the campaign version that it belongs to.',
  });
