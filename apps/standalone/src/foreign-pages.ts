import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a page of another site sent a request, by what the browser says of it (Fetch Metadata; Origin, RFC 6454). A program
 * that is no browser says nothing, and is none. An origin that is hidden ("null") or cannot be read is taken for foreign.
 */
export function isFromForeignPage(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  // A person's own doing, such as a bookmark, is "none".
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== headers.host;
}
