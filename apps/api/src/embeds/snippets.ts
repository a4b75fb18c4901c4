import { withSource } from '#contracts';
import { escapeHtml } from '../public/page-frame.js';
import { type EmbedScript, integrityOf, scriptPath } from './embed-scripts.js';

/** What a snippet shows. */
export interface SnippetSource {
  /** PUBLIC_URL. */
  readonly origin: string;
  readonly slug: string;
  /** Of the campaign. */
  readonly title: string;
  /** Of the link that is shown where neither frames nor scripts work. */
  readonly linkText: string;
}

const script = (origin: string, name: EmbedScript): string =>
  `<script src="${origin}${scriptPath(name)}" integrity="${integrityOf(name)}" crossorigin="anonymous" async></script>`;
const link = ({ origin, slug, linkText }: SnippetSource): string =>
  `<a href="${withSource(`${origin}/p/${slug}`, 'embed')}" rel="sponsored noopener">${escapeHtml(linkText)}</a>`;

/**
 * A frame with a working form. The attributes of size are for websites whose policy allows no inline
 * styles; the script sets the height.
 */
export const frameSnippet = (source: SnippetSource): string =>
  `<iframe src="${source.origin}/p/${source.slug}/embed" title="${escapeHtml(source.title)}" width="100%" height="720" frameborder="0" loading="lazy" referrerpolicy="strict-origin-when-cross-origin" sandbox="allow-forms allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts"></iframe>
${script(source.origin, 'frame')}
<p>${link(source)}</p>`;

/** The page within the website itself. The link is shown without a script. */
export const componentSnippet = (source: SnippetSource): string =>
  `<throughline-campaign src="${source.origin}/p/${source.slug}/component">${link(source)}</throughline-campaign>
${script(source.origin, 'campaign')}`;

/** What the website's Content-Security-Policy has to allow for each form. */
export const policyOf = (origin: string): { readonly frame: string; readonly component: string } => ({
  frame: `frame-src ${origin}; script-src ${origin}`,
  component: `script-src ${origin}; connect-src ${origin}; img-src ${origin} data:`,
});
