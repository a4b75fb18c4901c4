import { type ByteMatch, type PinnedValues } from './byte-match.js';
import { type Finding, findingOf } from './finding.js';
import { MimeProblem } from './mime-problem.js';
import { readMail, type ReadMail } from './mime-reader.js';
import { type PreparedCopy, verifyParts } from './sealed-copy.js';

export interface EmailVerdict extends ByteMatch {
  /** The parsed mail; null if it does not have the structure of sealed mail. */
  readonly mail: ReadMail | null;
}

/**
 * Verifies a mail's final bytes including headers: its decoded HTML, text and
 * subject must match the sealed master.
 * @param pins known values of the recipient, as text, by path.
 * @param pieces of which the mail was made: a hint that saves decoding and does
 *   not affect the verdict.
 */
export function verifyEmail(
  copy: PreparedCopy,
  raw: Buffer,
  pins?: PinnedValues,
  pieces: readonly Buffer[] = [],
): EmailVerdict {
  const read = tryReadMail(raw, pieces);
  if ('code' in read) return { finding: read, reached: 0, values: new Map(), choices: new Map(), mail: null };
  return { ...verifyParts(copy, read, pins), mail: read };
}

/** Verifies a landing page's bytes as served. */
export function verifyPage(copy: PreparedCopy, html: string, pins?: PinnedValues): ByteMatch {
  return verifyParts(copy, { html: html.replace(/\r\n/g, '\n') }, pins);
}

/** @returns the mail's parts, or why it cannot be a sealed mail. */
export function tryReadMail(raw: Buffer, pieces: readonly Buffer[] = []): ReadMail | Finding {
  try {
    return readMail(raw, pieces);
  } catch (error) {
    if (!(error instanceof MimeProblem)) throw error;
    return findingOf('file', {
      code: 'mime',
      message: error.message,
      remedy: 'Save the message itself, as it was received (“show original”), not a forwarded or printed copy.',
    });
  }
}
