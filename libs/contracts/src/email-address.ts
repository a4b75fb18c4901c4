import { asciiHost } from './ascii-host.js';

export interface EmailAddress {
  /**
   * As written, without invisible characters, with the domain in ASCII (RFC
   * 5891): for the envelope, headers and texts.
   */
  readonly email: string;
  /** Lower case throughout: two spellings of one mailbox are equal here. */
  readonly normalised: string;
}

export type EmailProblem = 'email-missing' | 'email-invalid' | 'email-not-ascii' | 'email-too-long';

/** Atoms joined by dots (RFC 5322, 3.2.3). */
const LOCAL_PART = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const DOMAIN =
  /^[\p{L}\p{M}\p{N}-][\p{L}\p{M}\p{N}\u200c\u200d-]*(\.[\p{L}\p{M}\p{N}-][\p{L}\p{M}\p{N}\u200c\u200d-]*)+$/u;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** Top-level domains have letters only, or are A-labels (RFC 3696, 2). */
const TOP_LEVEL = /^([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;
const ASCII = /^\p{ASCII}*$/u;
/**
 * Copied along from documents and address books: soft hyphen, zero-width space,
 * byte order mark, marks of direction. Overrides of direction (U+202D, U+202E)
 * are not among them: they make an address look like another.
 */
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202c\u2060\u2066-\u2069\ufeff]/g;
/** Full stops of East Asian keyboards (RFC 3490, 3.1). */
const FULL_STOP = /[\u3002\uff0e\uff61]/g;

/**
 * The one definition of an e-mail address in the product: what it takes, mails
 * can show, and relays accept. It has the dot-atom form of RFC 5321, 4.1.2, and
 * a host name with a top-level domain after the "@"; the host name may be
 * internationalised (RFC 5891). Invisible characters and a full stop at the end
 * are taken out. Refused, as by most relays: quoted local parts, address
 * literals and local parts beyond ASCII (RFC 6531).
 * @returns the address, or what is wrong with it.
 */
export function parseEmail(input: string): EmailAddress | EmailProblem {
  const text = plainText(input);
  if (text === '') return 'email-missing';
  if (text.length > 320) return 'email-too-long';
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const domain = text
    .slice(at + 1)
    .replace(FULL_STOP, '.')
    .replace(/\.$/, '');
  if (at < 1 || !DOMAIN.test(domain)) return 'email-invalid';
  if (!LOCAL_PART.test(local)) return ASCII.test(local) ? 'email-invalid' : 'email-not-ascii';
  const host = asciiHost(domain);
  const labels = host.split('.');
  if (!labels.every((label) => LABEL.test(label)) || !TOP_LEVEL.test(labels.at(-1) ?? '')) return 'email-invalid';
  // RFC 5321 4.5.3.1: 64 octets before the "@", 254 in all (errata 1690 of RFC
  // 3696).
  if (local.length > 64 || local.length + 1 + host.length > 254) return 'email-too-long';
  const email = `${local}@${host}`;
  return { email, normalised: email.toLowerCase() };
}

/** An address as mail is sent to it; any other text unchanged. */
export function canonicalEmail(value: string): string {
  const address = parseEmail(value);
  return typeof address === 'string' ? value : address.email;
}

function plainText(input: string): string {
  const text = input.replace(INVISIBLE, '').trim();
  if (ASCII.test(text)) return text;
  // Joiners are part of names in Persian and Indic scripts only.
  const bare = text.replace(/[\u200c\u200d]/g, '');
  return ASCII.test(bare) ? bare : text.normalize('NFC');
}
