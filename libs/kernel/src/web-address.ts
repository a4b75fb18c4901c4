/**
 * A text as an address of the web (WHATWG URL), against another where it may be relative. @returns null for what is none.
 *
 * `URL.canParse` would say so, too, but that of Node 20 takes every text with a letter such as ü for none once it has been called often enough.
 */
export function urlOf(text: string, base?: string | URL): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
