/** Where a text contains something that looks like a mail address. */
interface AddressSpan {
  readonly start: number;
  /** Index of the first `@`. */
  readonly at: number;
  /** Index after the last character. */
  readonly end: number;
}

/** Characters that end an address in headers (RFC 5322, 3.4). */
const DELIMITER = /[\s"<>()[\]:;,]/;
/** In logs and replies of servers, also `'` and `=`, as in `to=ada@x.example`. */
const LOG_DELIMITER = /[\s"'<>()[\]:;,=]/;

/**
 * Finds everything that looks like a mail address: an `@` and the characters
 * around it up to a delimiter. Either side can be empty.
 * One pass over the text: a regular expression for the same needs quadratic
 * time for a long text without `@` (80 kB: several seconds).
 */
function addressSpans(text: string, delimiter: RegExp): AddressSpan[] {
  const spans: AddressSpan[] = [];
  let done = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', done)) {
    let start = at;
    while (start > done && !delimiter.test(text.charAt(start - 1))) start -= 1;
    let end = at + 1;
    while (end < text.length && !delimiter.test(text.charAt(end))) end += 1;
    spans.push({ start, at, end });
    done = end;
  }
  return spans;
}

/**
 * The addresses in a text, in their order: those with a local part of at most
 * 64 and a domain of at most 255 characters (RFC 5321, 4.5.3.1).
 */
export function addressesIn(text: string): string[] {
  return addressSpans(text, DELIMITER)
    .filter(({ start, at, end }) => start < at && at - start <= 64 && end > at + 1 && end - at - 1 <= 255)
    .map(({ start, end }) => text.slice(start, end))
    .filter((address) => address.indexOf('@') === address.lastIndexOf('@'));
}

/**
 * The text with a mark in place of everything that looks like an address.
 * @param isMasked which ones; all of them by default.
 */
export function maskAddresses(
  text: string,
  mark: string,
  isMasked: (local: string, domain: string) => boolean = () => true,
): string {
  let [masked, done] = ['', 0];
  for (const { start, at, end } of addressSpans(text, LOG_DELIMITER)) {
    if (!isMasked(text.slice(start, at), text.slice(at + 1, end))) continue;
    masked += text.slice(done, start) + mark;
    done = end;
  }
  return masked + text.slice(done);
}
