import type { Tokens } from './tokens.js';

const PHONE = 'partner.contact.phoneE164';
const END = '</a>';

/**
 * Makes links to the partner's telephone number conditional: a partner without
 * one has no link, where there would be one to `tel:` without words. The
 * condition is part of the master, so the seal covers it.
 * @param html with tokens.
 */
export function withPhoneConditions(html: string, tokens: Tokens): string {
  return tokens.tokensOf(PHONE).reduce((whole, token) => {
    const address = `href="tel:${token}"`;
    let [conditional, from] = ['', 0];
    for (let at = whole.indexOf(address); at !== -1; at = whole.indexOf(address, at + 1)) {
      // Only another link than `<a>` has no end: it stays.
      const [start, end] = [whole.lastIndexOf('<', at), whole.indexOf(END, at) + END.length];
      if (!/^<a\s/.test(whole.slice(start, start + 3)) || end < at) continue;
      conditional += whole.slice(from, start) + ifKnown(whole.slice(start, end), tokens);
      from = end;
    }
    return conditional + whole.slice(from);
  }, html);
}

function ifKnown(link: string, tokens: Tokens): string {
  const empty = tokens.marker({ kind: 'when', condition: { [PHONE]: [''] }, inline: true });
  return `${empty}${tokens.marker({ kind: 'else' })}${link}${tokens.marker({ kind: 'end' })}`;
}
