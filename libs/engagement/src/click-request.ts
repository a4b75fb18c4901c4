import type { IncomingHttpHeaders } from 'node:http';

const textOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.join(', ');

/**
 * Whether a browser or a mail program says itself that it fetches something before anybody has asked for it (`Sec-Purpose`, and what it was
 * called before).
 */
export function isPrefetch(headers: IncomingHttpHeaders): boolean {
  const purpose = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => textOf(headers[name]) ?? '');
  return purpose.some((said) => /prefetch|preview|prerender/i.test(said));
}

/**
 * Whether a request has what every browser sends when somebody follows a link: a page is asked for, in a language, and where the browser
 * tells what it asks for (Fetch Metadata), it is a page to be looked at. Programs that borrow a browser's name seldom borrow the rest.
 */
export function hasBrowserHeaders(headers: IncomingHttpHeaders): boolean {
  const language = textOf(headers['accept-language']) ?? '';
  const [mode = 'navigate', destination = 'document'] = ['sec-fetch-mode', 'sec-fetch-dest'].map((name) =>
    textOf(headers[name]),
  );
  const isPageAskedFor = /text\/html/i.test(headers.accept ?? '');
  return isPageAskedFor && /^[a-z]/i.test(language) && mode === 'navigate' && destination === 'document';
}
