import { domainToASCII, domainToUnicode } from 'node:url';
import { HOST_LATIN, HOST_SCRIPTS, LATIN_LOOKING } from '#contracts';

const escaped = (codePoint: number): string => `\\u{${codePoint.toString(16)}}`;
const LATIN = HOST_LATIN.map(([from, to]) => `${escaped(from)}-${escaped(to)}`).join('');
/** Digits and hyphens go with all of them. */
const NAMES = [
  new RegExp(`^[0-9${LATIN}-]+$`, 'u'),
  ...HOST_SCRIPTS.map(
    (scripts) =>
      new RegExp(`^(?:[0-9-]|(?=[\\p{L}\\p{M}])[${scripts.map((one) => `\\p{scx=${one}}`).join('')}])+$`, 'u'),
  ),
];
const LATIN_LOOKALIKES = new RegExp(`^[0-9${LATIN_LOOKING}-]+$`, 'u');

/**
 * Whether a host in its ASCII form is what it is read as in its own letters: no name of it mixes scripts, or is another to the eye.
 * Hosts without such letters are.
 */
export function isUnambiguousHost(host: string): boolean {
  if (!/(?:^|\.)xn--/.test(host)) return true;
  const letters = domainToUnicode(host);
  if (domainToASCII(letters) !== host) return false;
  const names = letters.split('.');
  const ending = NAMES.findIndex((kind) => kind.test(names.at(-1) ?? ''));
  return names.every((name) => {
    const kind = NAMES.findIndex((one) => one.test(name));
    return kind >= 0 && (kind === ending || !/[^0-9-]/.test(name) || !LATIN_LOOKALIKES.test(name));
  });
}
