import { LEGAL_LINKS } from './fields.js';
import { LEGAL_LINK_NAMES } from './legal-links.data.js';
import { shownFields } from './screens.js';
import type { Tokens } from './tokens.js';

/** Names of the links to the company's legal pages; English in other languages. */
export const legalLinkNames = (language: string): Readonly<Record<'imprint' | 'privacy', string>> =>
  LEGAL_LINK_NAMES[language.split('-')[0] ?? ''] ?? LEGAL_LINK_NAMES.en;

const STYLE =
  'padding:16px 24px 24px;text-align:center;font-family:Helvetica,Arial,sans-serif;font-size:13px;line-height:20px';
/** Mail programs may show any ground around the e-mail. */
const OF_EMAIL = `${STYLE};background:#ffffff;color:#4a5160`;

/**
 * Links to the company's legal pages that a source does not have itself. The law
 * of several countries asks for them in business e-mail, and where data is
 * collected.
 * @param html of the source. A link within a condition is missing for some readers.
 * @returns HTML with tokens; empty if everyone sees both.
 */
export function missingLegalLinks(kind: 'email' | 'page', language: string, html: string, tokens: Tokens): string {
  const names = legalLinkNames(language);
  const color = kind === 'email' ? ' style="color:#4a5160"' : '';
  const { always } = shownFields(html, tokens);
  const missing = LEGAL_LINKS.filter((name) => !always.has(`links.${name}`)).map(
    (name) => `<a href="${tokens.hole(`links.${name}`) ?? ''}"${color}>${names[name]}</a>`,
  );
  if (missing.length === 0) return '';
  const content = missing.join(' · ');
  return kind === 'email'
    ? `<div class="tc-legal" style="${OF_EMAIL}">${content}</div>`
    : `<footer class="tc-legal" style="${STYLE}">${content}</footer>`;
}
