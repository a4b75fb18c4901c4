/**
 * Parses a web address (WHATWG URL), with an optional base.
 * @returns null if it is none.
 *
 * Not `URL.canParse`: after many calls that of Node 20 rejects every text with
 * a letter such as ü.
 */
export function urlOf(text: string, base?: string | URL): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
