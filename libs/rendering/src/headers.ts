/**
 * Header fields of RFC 5322, with non-ASCII text as encoded words (RFC 2047).
 * Refuses a value with a line break: it would start another header.
 */

const ASCII = /^[\x20-\x7E]*$/;
const ATOM_TEXT = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*$/;
/**
 * An encoded word has at most 75 characters, 12 of them its frame. Base64 turns
 * 45 bytes into 60.
 */
const WORD_BYTES = 45;

export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

/** @throws RangeError when the value holds a control character. */
export function headerLine(name: string, value: string): string {
  // oxlint-disable-next-line no-control-regex -- the controls are what is looked for
  if (/[\u0000-\u0008\u000A-\u001F\u007F]/.test(value))
    throw new RangeError(`The header ${name} contains a line break or control character.`);
  return fold(`${name}: ${value}`);
}

/**
 * Whether a header can hold the text as it is. A mail program would decode
 * `=?` as an encoded word, and show what no check has seen.
 */
const isPlain = (text: string): boolean => ASCII.test(text) && !text.includes('=?');

/** Unstructured text, encoded where it must be. */
export const encodeText = (text: string): string => (isPlain(text) ? text : words(text));

/** `Name <address>`, for From, To and Reply-To. */

export function formatAddress({ name, address }: MailAddress): string {
  if (!/^[\x21-\x7E]+$/.test(address) || /[<>,;:"\s]/.test(address))
    throw new RangeError('A mail address has a character that is not allowed in headers.');
  if (name === '') return `<${address}>`;
  if (!isPlain(name)) return `${words(name)} <${address}>`;
  if (ATOM_TEXT.test(name)) return `${name} <${address}>`;
  return `"${name.replace(/[\\"]/g, '\\$&')}" <${address}>`;
}

function words(text: string): string {
  const chunks: string[] = [];
  let chunk = '';
  for (const char of text) {
    if (Buffer.byteLength(chunk + char) > WORD_BYTES) {
      chunks.push(chunk);
      chunk = '';
    }
    chunk += char;
  }
  chunks.push(chunk);
  return chunks.map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`).join(' ');
}

/** Folds at spaces, to lines of at most 76 characters where possible. */
function fold(line: string): string {
  const out: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > 76) {
      out.push(current);
      current = ` ${word}`;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  out.push(current);
  return out.join('\r\n');
}
