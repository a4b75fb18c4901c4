// oxlint-disable-next-line typescript/triple-slash-reference -- the portal compiles it by its import
/// <reference path="./punycode.d.ts" />
import punycode from 'punycode/punycode.js';

const ASCII = /^\p{ASCII}*$/u;

/**
 * A host name in ASCII (UTS #46); empty if it has no such form. By `URL`,
 * because the portal has no `node:url`. Plain names need no conversion, and
 * a list has hundreds of thousands.
 */
export function asciiHost(domain: string): string {
  const host = domain.toLowerCase();
  if (ASCII.test(host) && !host.includes('xn--')) return host;
  const ascii = hostname(host);
  return ascii.split('.').every(isEncoded) ? ascii : '';
}

function hostname(host: string): string {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return '';
  }
}

/**
 * Whether an A-label is what its letters encode to (RFC 5891, 4.2.2). `URL`
 * checks it on Node 20 and 22. Since Node 24 it leaves names in ASCII as they
 * are, as the URL standard says now.
 */
function isEncoded(label: string): boolean {
  if (!label.startsWith('xn--')) return true;
  try {
    const letters = punycode.decode(label.slice('xn--'.length));
    return !ASCII.test(letters) && hostname(letters) === label;
  } catch {
    return false;
  }
}
