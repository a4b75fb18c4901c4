import type { IncomingHttpHeaders } from 'node:http';

const textOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.join(', ');

/**
 * Whether a browser or a mail program declares a prefetch: `Sec-Purpose` and
 * its predecessors.
 */
export function isPrefetch(headers: IncomingHttpHeaders): boolean {
  const purpose = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => textOf(headers[name]) ?? '');
  return purpose.some((said) => /prefetch|preview|prerender/i.test(said));
}

/**
 * Whether a request has the headers that every browser sends for a followed
 * link. It accepts a page, in a language; with Fetch Metadata, the destination
 * is a document. Programs that use a browser's name seldom send the rest.
 */
export function hasBrowserHeaders(headers: IncomingHttpHeaders): boolean {
  const language = textOf(headers['accept-language']) ?? '';
  const [mode = 'navigate', destination = 'document'] = ['sec-fetch-mode', 'sec-fetch-dest'].map((name) =>
    textOf(headers[name]),
  );
  const isPageAskedFor = /text\/html/i.test(headers.accept ?? '');
  return isPageAskedFor && /^[a-z]/i.test(language) && mode === 'navigate' && destination === 'document';
}
