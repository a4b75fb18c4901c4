import { DECOY_LINK } from './fields.js';
import type { Tokens } from './tokens.js';

/** Hidden from eyes (Outlook for Windows reads `mso-hide` only), from screen readers and from the tab key; it holds no words to read. */
const HIDDEN = 'display:none;mso-hide:all;max-height:0;overflow:hidden';

/**
 * Puts the decoy at the end of an e-mail: it is part of the master, so the seal covers it like every other byte of the vendor's.
 * @param html with tokens. @returns the same, with one link more that has no place in the text part.
 */
export function withDecoy(html: string, tokens: Tokens): string {
  const link = `<div style="${HIDDEN}" aria-hidden="true"><a href="${tokens.hole(`links.${DECOY_LINK}`) ?? ''}" tabindex="-1" rel="nofollow"></a></div>`;
  const end = html.lastIndexOf('</body>');
  return end === -1 ? html + link : html.slice(0, end) + link + html.slice(end);
}
