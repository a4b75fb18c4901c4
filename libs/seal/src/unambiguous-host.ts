import { domainToUnicode } from 'node:url';
import { asciiHost, HOST_LATIN, HOST_SCRIPTS, LATIN_LOOKING } from '#contracts';

const escaped = (codePoint: number): string => `\\u{${codePoint.toString(16)}}`;
const LATIN = HOST_LATIN.map(([from, to]) => `${escaped(from)}-${escaped(to)}`).join('');
/** Digits and hyphens combine with all scripts. */
const NAMES = [
  new RegExp(`^[0-9${LATIN}-]+$`, 'u'),
  ...HOST_SCRIPTS.map(
    (scripts) =>
      new RegExp(`^(?:[0-9-]|(?=[\\p{L}\\p{M}])[${scripts.map((one) => `\\p{scx=${one}}`).join('')}])+$`, 'u'),
  ),
];
const LATIN_LOOKALIKES = new RegExp(`^[0-9${LATIN_LOOKING}-]+$`, 'u');

/**
 * Whether a host in ASCII form can be read unambiguously in Unicode: no label
 * mixes scripts or looks like another one.
 */
export function isUnambiguousHost(host: string): boolean {
  if (!/(?:^|\.)xn--/.test(host)) return true;
  const letters = domainToUnicode(host);
  if (asciiHost(letters) !== host) return false;
  const names = letters.split('.');
  const ending = NAMES.findIndex((kind) => kind.test(names.at(-1) ?? ''));
  return names.every((name) => {
    const kind = NAMES.findIndex((one) => one.test(name));
    return kind >= 0 && (kind === ending || !/[^0-9-]/.test(name) || !LATIN_LOOKALIKES.test(name));
  });
}
