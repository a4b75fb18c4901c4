import {
  type ActivationSeal,
  type Receipt,
  type SealedMaster,
  SignedActivationSeal,
  SignedReceipt,
  type SigningKey,
} from '#contracts';
import { DomainError } from '#kernel';
import type { ByteMatch } from './byte-match.js';
import { type Finding, findingOf } from './finding.js';
import { openManifest, type OpenManifest } from './manifest.js';
import { verifyReceipt } from './receipt.js';
import { verifyDocumentFile, verifyPictureFile } from './verify-asset.js';
import { prepareCopy } from './sealed-copy.js';
import { openSigned } from './signature.js';
import { tryReadMail, verifyEmail, verifyPage } from './verify-email.js';

/** Signed documents, as downloaded, for the verification of a copy. */
export interface Evidence {
  readonly manifest: unknown;
  readonly keys: readonly SigningKey[];
  /** An activation seal: pins the partner's values. */
  readonly seal?: unknown;
  /** The copy's receipt: pins its bytes. */
  readonly receipt?: unknown;
}

export interface FileVerdict {
  /** Null if the copy is intact. */
  readonly finding: Finding | null;
  /**
   * What it is a copy of: `email welcome (en)`; null if nothing in the manifest
   * is similar.
   */
  readonly of: string | null;
  readonly locks: readonly string[];
  /** Sentences on what was checked, and what was not. */
  readonly notes: readonly string[];
}

/** Evidence with valid signatures that belongs together. */
export interface OpenEvidence extends OpenManifest {
  readonly seal: ActivationSeal | null;
  readonly receipt: Receipt | null;
}

/**
 * Verifies one file offline: with a manifest and public keys, and optionally an
 * activation seal and a receipt.
 * @throws DomainError `seal.…` if the evidence is not valid.
 */
export const verifyFile = (bytes: Buffer, evidence: Evidence): FileVerdict => verifyBy(openEvidence(evidence), bytes);

/**
 * Verifies one of many files with opened evidence.
 * @throws DomainError `seal.receipt-missing` for a JPEG without a receipt.
 */
export function verifyBy(opened: OpenEvidence, bytes: Buffer): FileVerdict {
  const { manifest, receipt } = opened;
  const asset = isDocument(bytes)
    ? verifyDocumentFile(bytes, manifest, receipt)
    : isPicture(bytes)
      ? verifyPictureFile(bytes, manifest, receipt)
      : null;
  if (asset !== null) return { ...asset, locks: [], notes: assetNotes(opened) };
  return isPage(bytes) ? verifyPageFile(bytes, opened) : verifyMailFile(bytes, opened);
}

/**
 * Opens the evidence, verifies each signature, and checks that the documents
 * belong together.
 * @throws DomainError `seal.…` if the evidence is not valid.
 */
export function openEvidence({ manifest, keys, seal, receipt }: Evidence): OpenEvidence {
  const opened = openManifest(manifest, keys);
  const openedSeal = seal === undefined ? null : openSigned(SignedActivationSeal, 'activation seal', seal, keys);
  const openedReceipt = receipt === undefined ? null : openSigned(SignedReceipt, 'receipt', receipt, keys);
  for (const [noun, document] of [
    ['activation seal', openedSeal],
    ['receipt', openedReceipt],
  ] as const)
    if (document !== null && document.manifestHash !== opened.hash)
      throw new DomainError(
        'seal.other-manifest',
        `The ${noun} belongs to another manifest. Give the manifest of its version.`,
        {
          field: noun,
        },
      );
  if (openedSeal !== null && openedReceipt !== null && openedSeal.activationId !== openedReceipt.activationId)
    throw new DomainError('seal.other-activation', 'The receipt belongs to another activation than the seal.', {
      field: 'receipt',
    });
  return { ...opened, seal: openedSeal, receipt: openedReceipt };
}

/**
 * Readers look for a PDF header in the first 1,024 bytes (ISO 32000-2, annex
 * I). Data before it must not hide a PDF.
 */
const isDocument = (bytes: Buffer): boolean =>
  /^(?:%PDF-|(?!\s*<|[\w-]+:)[\s\S]*%PDF-\d)/.test(bytes.toString('latin1', 0, 1024));
const isPicture = (bytes: Buffer): boolean =>
  bytes.subarray(1, 4).toString('latin1') === 'PNG' || (bytes[0] === 0xff && bytes[1] === 0xd8);
const isPage = (bytes: Buffer): boolean =>
  /^(?:\uFEFF)?\s*<(?:!doctype|html|!--)/i.test(bytes.toString('utf8', 0, 200));

/**
 * The link by which WordPress finds the card of a page (oembed.com, 4). It is added after the page was
 * verified, loads nothing and shows nothing.
 */
const DISCOVERY = /<link rel="alternate" type="application\/json\+oembed" href="[^"<>]*"><\/head>/;

const withoutDiscovery = (html: string): string => html.replace(DISCOVERY, '</head>');

function verifyMailFile(bytes: Buffer, opened: OpenEvidence): FileVerdict {
  const mail = tryReadMail(bytes);
  if ('code' in mail) return { finding: mail, of: null, locks: [], notes: [] };
  const best = closest(opened, 'email', (copy) => verifyEmail(copy, bytes));
  const receipt = opened.receipt === null ? null : verifyReceipt(opened.receipt, mail);
  return { ...best, finding: best.finding ?? receipt, notes: notesOf(opened) };
}

function verifyPageFile(bytes: Buffer, opened: OpenEvidence): FileVerdict {
  const html = bytes.toString('utf8');
  if (!Buffer.from(html).equals(bytes)) {
    const finding = findingOf('file', {
      code: 'not-utf8',
      message: 'The page is not UTF-8.',
      remedy: 'Save the page as it was served.',
    });
    return { finding, of: null, locks: [], notes: [] };
  }
  const sealed = withoutDiscovery(html);
  return { ...closest(opened, 'page', (copy) => verifyPage(copy, sealed)), notes: notesOf(opened) };
}

/** Tries every candidate master, and returns the closest. */
function closest(
  { manifest, seal, receipt }: OpenEvidence,
  kind: SealedMaster['kind'],
  verify: (copy: ReturnType<typeof prepareCopy>) => ByteMatch,
): Omit<FileVerdict, 'notes'> {
  const origins = [manifest.origin, seal?.origin, receipt?.origin].filter((origin) => origin !== undefined);
  const masters = manifest.masters.filter(
    (master) =>
      master.kind === kind &&
      (receipt === null || kind !== 'email' || (receipt.key === master.key && receipt.locale === master.locale)),
  );
  const tried = masters.flatMap((master) => {
    const values = seal?.masters.find((copy) => copy.root === master.root)?.values;
    if (seal !== null && values === undefined) return [];
    const partner = seal === null || values === undefined ? null : { partnerHosts: seal.partnerHosts, values };
    return [{ master, match: verify(prepareCopy(master, { origins: [...new Set(origins)], partner })) }];
  });
  const best = tried.sort((a, b) => b.match.reached - a.match.reached)[0];
  if (best === undefined) {
    const finding = findingOf('file', {
      code: 'no-master',
      message: `The manifest has no ${kind} that this could be.`,
      remedy: 'Give the manifest of the campaign version that it belongs to.',
    });
    return { finding, of: null, locks: [] };
  }
  const { master, match } = best;
  return {
    finding: match.finding,
    of: `${master.kind} ${master.key} (${master.locale})`,
    locks: master.locks.map(({ name }) => name),
  };
}

function assetNotes({ manifest, receipt, hash }: OpenEvidence): string[] {
  return [
    campaignNote(manifest, hash),
    receipt === null
      ? 'What the partner added was checked for its form and place alone; with --receipt it has to be the very file.'
      : `Receipt of ${receipt.subject.kind} ${receipt.subject.id}, sealed ${receipt.sealedAt}.`,
  ];
}

const campaignNote = ({ campaign: { name, number }, sealedAt }: OpenManifest['manifest'], hash: string): string =>
  `Campaign ${name}, version ${number}, published ${sealedAt} (manifest ${hash.slice(0, 16)}).`;

function notesOf({ manifest, seal, receipt, hash }: OpenEvidence): string[] {
  return [
    campaignNote(manifest, hash),
    seal === null
      ? 'Partner values were checked for their form alone; with --seal each has to be the approved one.'
      : `Partner values are those of activation ${seal.activationId}, approved ${seal.sealedAt}.`,
    ...receiptNotes(receipt),
  ];
}

function receiptNotes(receipt: Receipt | null): string[] {
  if (receipt === null)
    return [
      'Recipient values were checked for their form alone; with --receipt the message has to be the very one that was sent.',
    ];
  return [
    `Receipt of ${receipt.subject.kind} ${receipt.subject.id}, sealed ${receipt.sealedAt}.`,
    ...(receipt.hashes.html === undefined
      ? [
          'The receipt does not name the message’s parts: it was not among those sampled. Recipient values were checked for their form alone.',
        ]
      : []),
  ];
}
