/**
 * What led a person to a page of a campaign: a step of its e-mails, a post, a QR code, the partner's
 * website, a feed. `direct` is everything else.
 */
export const SOURCES = ['email', 'post', 'qr', 'embed', 'feed', 'direct'] as const;
export type Source = (typeof SOURCES)[number];

/** Name of the source in the URL of a page. */
const PARAMETER = 'source';
/** The source in the query of a URL; `direct` without one. */
export function sourceIn(query: Readonly<Record<string, unknown>>): Source {
  const given = query[PARAMETER];
  return SOURCES.find((source) => source === given) ?? 'direct';
}

/** A URL that names its source. */
export function withSource(url: string, source: Source): string {
  const named = new URL(url);
  named.searchParams.set(PARAMETER, source);
  return named.href;
}
