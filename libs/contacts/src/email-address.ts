import { domainToASCII } from 'node:url';

export interface EmailAddress {
  /**
   * As written, trimmed, with the domain in ASCII (RFC 5891): for the envelope.
   */
  readonly email: string;
  /** Lower case throughout: two spellings of one mailbox are equal here. */
  readonly normalised: string;
}

export type EmailProblem = 'email-missing' | 'email-invalid' | 'email-not-ascii' | 'email-too-long';

const LOCAL_PART = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const DOMAIN = /^[\p{L}\p{M}\p{N}-]+(\.[\p{L}\p{M}\p{N}-]+)+$/u;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * An address that ordinary relays accept. It has the dot-atom form of RFC 5321
 * 4.1.2 and a host name after the "@". Refused, as by most relays: quoted local
 * parts, address literals and local parts beyond ASCII (RFC 6531).
 * @returns the address, or what is wrong with it.
 */
export function parseEmail(input: string): EmailAddress | EmailProblem {
  const text = input.trim().normalize('NFC');
  if (text === '') return 'email-missing';
  if (text.length > 320) return 'email-too-long';
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const domain = text.slice(at + 1).replaceAll('\u3002', '.');
  if (at < 1 || !DOMAIN.test(domain)) return 'email-invalid';
  if (!LOCAL_PART.test(local)) return /[^\p{ASCII}]/u.test(local) ? 'email-not-ascii' : 'email-invalid';
  const host = domainToASCII(domain);
  const labels = host.split('.');
  const top = labels.at(-1) ?? '';
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label)) || /^\d+$/.test(top)) return 'email-invalid';
  // RFC 5321 4.5.3.1: 64 octets before the "@", 254 in all (errata 1690 of RFC
  // 3696).
  if (local.length > 64 || local.length + 1 + host.length > 254) return 'email-too-long';
  const email = `${local}@${host}`;
  return { email, normalised: email.toLowerCase() };
}
