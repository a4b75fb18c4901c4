import type { PageBrand } from '#brand';
import { legalLinkNames } from '#rendering';
import { languageAttributes } from './public-language.js';

/** Escapes a text for an element or a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** Whose page it is. */
export interface PageOwner {
  readonly brand: PageBrand;
  /**
   * Of the landing page, below which the links to the partner's legal pages are;
   * null: none.
   */
  readonly slug: string | null;
}

const PLAIN: PageOwner = { brand: { name: '', logo: null, darkLogo: null, colours: null }, slug: null };
const COLOUR = /^#[0-9a-f]{6}$/i;

const STYLE = `:root{color-scheme:light dark;--ground:#fff;--ink:#1b1f29;--soft:#5b6472;--line:#8a90a0;--wrong:#b42318;font:18px/1.5 system-ui,sans-serif;background:var(--ground);color:var(--ink)}
@media (prefers-color-scheme:dark){:root{--ground:#14171f;--ink:#e8ebf2;--soft:#aab2c0;--line:#7d8596;--wrong:#ff9a8f}}
body{max-width:34rem;margin:8vh auto 0;padding:0 1.25rem 3rem}h1{line-height:1.2;margin:0 0 1rem}a{color:inherit}address{font-style:normal}
fieldset{border:0;margin:0 0 1.25rem;padding:0}legend{font-weight:600;padding:0 0 .25rem}
.choice{display:grid;grid-template-columns:1.1rem 1fr;gap:.65rem;align-items:start;padding:.4rem 0}.choice input{width:1.1rem;height:1.1rem;margin:.2rem 0 0}
button{font:inherit;padding:.7rem 1.4rem;border:0;border-radius:.5rem;background:var(--brand);color:var(--on-brand);cursor:pointer}
button.quiet{background:none;color:inherit;border:1px solid var(--line)}
button:focus-visible,input:focus-visible,a:focus-visible{outline:3px solid #8aa4ff;outline-offset:2px}
.soft,footer{color:var(--soft);font-size:.9rem}.next{list-style:none;margin:0;padding:0}.next a{display:block;padding:.75rem 1rem;margin:0 0 .6rem;border:1px solid var(--line);border-radius:.5rem;text-decoration:none}
.logo img{max-width:100%;height:auto}footer{margin-top:3rem}blockquote{margin:0 0 1rem;padding-inline-start:1rem;border-inline-start:3px solid var(--line)}`;

/**
 * A page in the partner's look, in light or dark as the reader prefers. It works
 * without scripts.
 * @param lang of the page's own texts, BCP 47.
 * @param title as text.
 * @param body as HTML.
 */
export function frame(lang: string, title: string, body: string, owner: PageOwner = PLAIN): string {
  const { brand, slug } = owner;
  const [back, front] =
    brand.colours !== null && COLOUR.test(brand.colours.primary) && COLOUR.test(brand.colours.onPrimary)
      ? [brand.colours.primary, brand.colours.onPrimary]
      : ['#1f3fbf', '#ffffff'];
  return `<!doctype html><html ${languageAttributes(lang)}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title>
<style>:root{--brand:${back};--on-brand:${front}}${STYLE}</style></head>
<body>${logoOf(brand)}<main>${body}</main>${slug === null ? '' : legalFooter(lang, slug)}</body></html>`;
}

function logoOf({ name, logo, darkLogo }: PageBrand): string {
  if (logo === null) return '';
  const dark = darkLogo === null ? '' : `<source media="(prefers-color-scheme: dark)" srcset="${darkLogo}">`;
  return `<header class="logo"><p><picture>${dark}<img src="${logo}" alt="${escapeHtml(name)}" height="60"></picture></p></header>`;
}

function legalFooter(lang: string, slug: string): string {
  const names = legalLinkNames(lang);
  const links = (['imprint', 'privacy'] as const).map(
    (name) => `<a href="/p/${escapeHtml(encodeURIComponent(slug))}/${name}">${escapeHtml(names[name])}</a>`,
  );
  return `<footer>${links.join(' · ')}</footer>`;
}

/** A heading and a sentence that says what was done or is so. */
export const said = (title: string, text: string): string =>
  `<h1>${escapeHtml(title)}</h1><p role="status">${escapeHtml(text)}</p>`;
