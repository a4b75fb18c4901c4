import { parse, serialize } from 'parse5';
import { attribute, child, type Element, type ParentNode } from './page-tree.js';
import { escapeHtml } from './values.js';

/** How a page is shown in a frame of another website. */
export interface FramedPage {
  /** Where the form posts to. */
  readonly action: string;
  /** URL of the page itself, for search engines. */
  readonly canonical: string;
  /** A `<script>` element that tells the other website the height. */
  readonly script: string;
}

/** A page for a shadow root of another website, whose policy may allow no inline styles. */
export interface ComponentContent {
  readonly css: string;
  /** The content of `<body>`. Its `style` attributes are called `data-style`. */
  readonly html: string;
  /** The attributes of `<body>`. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /** BCP 47. */
  readonly lang: string;
  readonly dir: string;
}

/** What the cards of networks and WordPress show of a page. */
export interface PageCard {
  readonly title: string;
  readonly description: string;
  readonly image: string | null;
}

const FORM = /<form class="tc-form" method="post" action="[^"]*">/g;
/** Search engines take paid links for what they are; the other page cannot reach the window of ours. */
const LINK_RELATION = 'sponsored noopener';

/**
 * A verified page as a document in a frame: its links open a new window, its form stays in the frame.
 * Nothing that a reader sees changes.
 * @param html of the page, after the verification of its seal.
 */
export const framedPage = (html: string, { action, canonical, script }: FramedPage): string =>
  html
    .replace('<head>', () => `<head><base target="_blank"><link rel="canonical" href="${escapeHtml(canonical)}">`)
    .replace(FORM, () => `<form class="tc-form" method="post" target="_self" action="${escapeHtml(action)}">`)
    // Of two attributes with one name, the first counts (HTML 13.2.5.33).
    .replaceAll('<a ', `<a rel="${LINK_RELATION}" `)
    .replace('</body>', () => `${script}</body>`);

/**
 * A verified page whose form posts to another address of the same server.
 * @param html of the page, after the verification of its seal.
 */
export const withFormAction = (html: string, action: string): string =>
  html.replace(FORM, () => `<form class="tc-form" method="post" action="${escapeHtml(action)}">`);

/**
 * A verified page as content of a shadow root.
 * @param html of the page, after the verification of its seal.
 * @param address of the page: relative addresses become absolute.
 * @param action where the form posts to.
 */
export function componentContent(html: string, address: string, action: string): ComponentContent {
  const document = child(parse(html), 'html');
  const body = document && child(document, 'body');
  if (document === null || body === null) throw new Error('A parsed document has html and body.');
  const styles: string[] = [];
  collectStyles(document, styles);
  for (const element of elementsOf(body)) adapt(element, address, action);
  return {
    css: styles.join('\n').replaceAll(':root', ':host'),
    html: serialize(body),
    attributes: body.attrs.map(({ name, value }) => [name === 'style' ? 'data-style' : name, value]),
    lang: attribute(document, 'lang') ?? '',
    dir: attribute(document, 'dir') ?? 'ltr',
  };
}

/** What a page says about itself to networks; see `shareTags`. */
export function cardOf(html: string): PageCard {
  const tags = new Map(
    [...elementsOf(parse(html))]
      .filter(({ tagName }) => tagName === 'meta')
      .map((meta) => [attribute(meta, 'property') ?? '', attribute(meta, 'content') ?? '']),
  );
  return {
    title: tags.get('og:title') ?? '',
    description: tags.get('og:description') ?? '',
    image: tags.get('og:image') ?? null,
  };
}

/**
 * Adds the link by which WordPress finds the card of a page (oembed.com, 4). It reads no HTTP header.
 * A verifier of the page leaves the link out (`withoutDiscovery` of #seal).
 * @param html of the page, after the verification of its seal.
 */
export const withDiscovery = (html: string, oembed: string): string =>
  html.replace(
    '</head>',
    () => `<link rel="alternate" type="application/json+oembed" href="${escapeHtml(oembed)}"></head>`,
  );

function* elementsOf(parent: ParentNode): Generator<Element> {
  for (const node of parent.childNodes) {
    if (!('tagName' in node)) continue;
    yield node;
    yield* elementsOf(node);
  }
}

/** Takes the style elements out of a page. */
function collectStyles(parent: ParentNode, styles: string[]): void {
  for (const node of [...parent.childNodes]) {
    if (!('tagName' in node)) continue;
    if (node.tagName === 'style') {
      const css = node.childNodes.map((text) => ('value' in text ? text.value : '')).join('');
      const media = attribute(node, 'media');
      styles.push(media === undefined ? css : `@media ${media}{${css}}`);
      parent.childNodes.splice(parent.childNodes.indexOf(node), 1);
    } else collectStyles(node, styles);
  }
}

function adapt(element: Element, address: string, action: string): void {
  const isLink = element.tagName === 'a' && !(attribute(element, 'href') ?? '').startsWith('#');
  if (isLink) element.attrs = element.attrs.filter(({ name }) => name !== 'target' && name !== 'rel');
  element.attrs = element.attrs.map(({ name, value }) => {
    if (name === 'style') return { name: 'data-style', value };
    if (name === 'action') return { name, value: action };
    const isAddress = (name === 'href' && isLink) || name === 'src' || name === 'srcset';
    return { name, value: isAddress && URL.canParse(value, address) ? new URL(value, address).href : value };
  });
  if (isLink) element.attrs.push({ name: 'target', value: '_blank' }, { name: 'rel', value: LINK_RELATION });
}
