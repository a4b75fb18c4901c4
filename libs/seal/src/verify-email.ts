import { type ByteMatch, type PinnedValues } from './byte-match.js';
import { type Finding, findingOf } from './finding.js';
import { MimeProblem } from './mime-problem.js';
import { readMail, type ReadMail } from './mime-reader.js';
import { type PreparedCopy, verifyParts } from './sealed-copy.js';

export interface EmailVerdict extends ByteMatch {
  /** What was read of the mail; null when it is not in the shape of sealed mail. */
  readonly mail: ReadMail | null;
}

/**
 * Verifies a mail's final bytes, headers and all: decoded, its HTML, text and subject have to match the sealed master.
 * @param pins what is known of the recipient, as text, by path.
 * @param pieces of which the mail was made: a hint that spares decoding what is the same in many mails, and changes no verdict.
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

/** Verifies a landing page's bytes, as they are served. */
export function verifyPage(copy: PreparedCopy, html: string, pins?: PinnedValues): ByteMatch {
  return verifyParts(copy, { html: html.replace(/\r\n/g, '\n') }, pins);
}

/** @returns the mail's parts, or why it cannot be one of ours. */
export function tryReadMail(raw: Buffer, pieces: readonly Buffer[] = []): ReadMail | Finding {
  try {
    return readMail(raw, pieces);
  } catch (error) {
    if (!(error instanceof MimeProblem)) throw error;
    return findingOf('file', {
      code: 'mime',
      message: error.message,
      wayOut: 'Save the message itself, as it was received (“show original”), not a forwarded or printed copy.',
    });
  }
}
