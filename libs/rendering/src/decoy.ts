import { DECOY_LINK } from './fields.js';
import type { Tokens } from './tokens.js';

/**
 * Hides the link from readers, screen readers and the tab key. Outlook for
 * Windows needs `mso-hide`.
 */
const HIDDEN = 'display:none;mso-hide:all;max-height:0;overflow:hidden';

/**
 * Adds the decoy link at the end of an e-mail. It is part of the master, so the
 * seal covers it.
 * @param html with tokens.
 * @returns the HTML with one more link, which is not in the text part.
 */
export function withDecoy(html: string, tokens: Tokens): string {
  const link = `<div style="${HIDDEN}" aria-hidden="true"><a href="${tokens.hole(`links.${DECOY_LINK}`) ?? ''}" tabindex="-1" rel="nofollow"></a></div>`;
  return atEndOfBody(html, link);
}

/** Adds HTML as the last thing in a document's body. */
export function atEndOfBody(html: string, addition: string): string {
  const end = html.lastIndexOf('</body>');
  return end === -1 ? html + addition : html.slice(0, end) + addition + html.slice(end);
}
