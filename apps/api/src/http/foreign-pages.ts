import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a page of another site sent a request, by Fetch Metadata and Origin
 * (RFC 6454). Programs send neither header and are not foreign. A hidden
 * ("null") or invalid origin counts as foreign.
 */
export function isFromForeignPage(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  // A user's own action, such as a bookmark, is "none".
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== headers.host;
}
