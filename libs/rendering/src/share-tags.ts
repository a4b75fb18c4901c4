import type { DefaultTreeAdapterTypes } from 'parse5';
import type { Tokens } from './tokens.js';
import { escapeHtml } from './values.js';

type Element = DefaultTreeAdapterTypes.Element;
type ChildNode = DefaultTreeAdapterTypes.ChildNode;

/** Networks show about so much of a summary. */
const SUMMARY_CHARS = 200;
/** Networks show no card for a smaller picture. */
const PICTURE_MIN_WIDTH = 200;

/**
 * The tags by which networks and messengers show a card for a shared page
 * (ogp.me): its title, its first paragraph, its widest picture and its address,
 * without the part that names a reader.
 * @param title as text, with tokens.
 */
export function shareTags(body: Element, title: string, tokens: Tokens): string {
  const elements = [...descendants(body)];
  const paragraphs = elements.filter(({ tagName }) => tagName === 'p').map(textOf);
  const summary = paragraphs.find((text) => text !== '' && isSameForAll(text, tokens)) ?? '';
  const tags: readonly (readonly [property: string, content: string])[] = [
    ['og:type', 'website'],
    ['og:title', isSameForAll(title, tokens) ? title : ''],
    ['og:description', withoutCut(summary)],
    ['og:url', tokens.hole('page.url') ?? ''],
    ['og:site_name', tokens.hole('partner.name') ?? ''],
    ['og:image', widestPicture(elements)],
  ];
  const shown = tags.filter(([, content]) => content !== '');
  const cards = shown.map(([property, content]) => `<meta property="${property}" content="${escapeHtml(content)}">`);
  return `${cards.join('')}${summary === '' ? '' : `<meta name="description" content="${escapeHtml(withoutCut(summary))}">`}<meta name="twitter:card" content="summary_large_image">`;
}

/**
 * Whether a text has no parts that depend on the reader or on a condition: those
 * cannot stand in an attribute, and a card is for everyone.
 */
const isSameForAll = (text: string, tokens: Tokens): boolean =>
  [...text.matchAll(tokens.pattern)].every(([token]) => {
    const hole = tokens.holes[tokens.holeNumber(token) ?? -1];
    return hole?.type === 'text' && hole.stage === 'brand';
  });

function* descendants(parent: { readonly childNodes: readonly ChildNode[] }): Generator<Element> {
  for (const node of parent.childNodes) {
    if (!('tagName' in node)) continue;
    yield node;
    yield* descendants(node);
  }
}

const textOf = (element: Element): string =>
  element.childNodes
    .map((node): string => ('value' in node ? node.value : 'tagName' in node ? textOf(node) : ''))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

/** Whole words: a token is one word, so none is cut. */
function withoutCut(text: string): string {
  if (text.length <= SUMMARY_CHARS) return text;
  return `${text.slice(0, text.lastIndexOf(' ', SUMMARY_CHARS))} …`;
}

function widestPicture(elements: readonly Element[]): string {
  const pictures = elements
    .filter(({ tagName }) => tagName === 'img')
    .map(({ attrs }) => {
      const of = (name: string): string => attrs.find((one) => one.name === name)?.value ?? '';
      return { src: of('src'), width: Number.parseInt(of('width'), 10) || 0 };
    })
    .filter(({ width }) => width >= PICTURE_MIN_WIDTH)
    .sort((a, b) => b.width - a.width);
  return pictures[0]?.src ?? '';
}
