import type { Receipt } from '#contracts';
import { sha256 } from './canonical-json.js';
import { type Finding, findingOf } from './finding.js';
import type { ReadMail } from './mime-reader.js';

/**
 * Hashes of a mail: of all bytes, and of the parts that transport does not
 * change.
 */
export const mailHashes = (raw: Buffer, mail: ReadMail | null): Receipt['hashes'] => ({
  bytes: sha256(raw),
  ...(mail === null
    ? {}
    : { html: mail.htmlHash ?? sha256(mail.html), text: sha256(mail.text), subject: sha256(mail.subject) }),
});

/**
 * Whether a decoded mail is the one that a receipt describes.
 * @returns null if it is.
 */
export function verifyReceipt(receipt: Receipt, mail: ReadMail): Finding | null {
  for (const part of ['html', 'text', 'subject'] as const) {
    const expected = receipt.hashes[part];
    const found = sha256(mail[part]);
    if (expected !== undefined && expected !== found)
      return findingOf(part, {
        code: 'other-message',
        expected,
        found,
        message: `The ${part} part is not the one in the receipt.`,
        remedy: 'Give the receipt of this message, or omit the receipt.',
      });
  }
  return null;
}
