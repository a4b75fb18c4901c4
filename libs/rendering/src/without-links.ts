import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;
interface Cut {
  readonly from: number;
  readonly to: number;
}

const BLOCKS = new Set(['td', 'th', 'div', 'p', 'li']);
/** What a line has besides a link whose other text only introduces it. */
const CONTENT = new Set(['a', 'img', 'table', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const SEPARATORS = new Set(['·', '•', '|', '–', '—', '/']);
/** Longer text says more than "Trouble reading this?". */
const MAX_INTRODUCTION_CHARS = 120;

/**
 * A document without its links to one address. A line goes with its link if it
 * only introduces it; between other links, a separator goes with it. In longer
 * text the words of the link stay. All else keeps its bytes.
 */
export function withoutLinksTo(html: string, url: string): string {
  const cuts = linksTo(parse(html, { sourceCodeLocationInfo: true }), url).flatMap((link) => cutsOf(link, html));
  return cuts
    .toSorted((one, other) => other.from - one.from)
    .reduce((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), html);
}

function linksTo(node: Node, url: string): Element[] {
  const own = isElement(node) && node.tagName === 'a' && hrefOf(node) === url ? [node] : [];
  return [...own, ...childrenOf(node).flatMap((child) => linksTo(child, url))];
}

function cutsOf(link: Element, html: string): Cut[] {
  const at = link.sourceCodeLocation;
  if (at == null) return [];
  const line = lineOf(link);
  if (line !== null && isIntroduction(line, link)) return insideOf(line);
  const [before, after] = [neighbour(link, -1), neighbour(link, 1)];
  const leading = after === null ? 0 : separatorLength(html.slice(after.from, after.to), 'start');
  if (leading > 0) return [{ from: at.startOffset, to: at.endOffset + leading }];
  const trailing = before === null ? 0 : separatorLength(html.slice(before.from, before.to), 'end');
  if (trailing > 0) return [{ from: at.startOffset - trailing, to: at.endOffset }];
  return [at.startTag, at.endTag].flatMap((tag) => (tag == null ? [] : [{ from: tag.startOffset, to: tag.endOffset }]));
}

/** The line or cell that a link stands in. */
function lineOf({ parentNode }: Element): Element | null {
  for (let node = parentNode; node !== null && isElement(node); node = node.parentNode)
    if (BLOCKS.has(node.tagName)) return node;
  return null;
}

function isIntroduction(line: Element, link: Element): boolean {
  const others = childrenOf(line).flatMap((child) => partsOf(child, link));
  const text = others.map((part) => (isElement(part) ? '' : textOf(part))).join('');
  return (
    others.every((part) => !isElement(part) || !CONTENT.has(part.tagName)) &&
    text.trim().length <= MAX_INTRODUCTION_CHARS
  );
}

/** A node with all inside it, without the link. */
const partsOf = (node: Node, link: Element): Node[] =>
  node === link ? [] : [node, ...childrenOf(node).flatMap((child) => partsOf(child, link))];

function insideOf({ sourceCodeLocation: at }: Element): Cut[] {
  return at?.startTag == null || at.endTag == null ? [] : [{ from: at.startTag.endOffset, to: at.endTag.startOffset }];
}

/** The text beside a link. */
function neighbour(link: Element, step: 1 | -1): Cut | null {
  const siblings = link.parentNode === null ? [] : childrenOf(link.parentNode);
  const beside = siblings[siblings.findIndex((one) => one === link) + step];
  if (beside === undefined || beside.nodeName !== '#text') return null;
  const at = beside.sourceCodeLocation;
  return at == null ? null : { from: at.startOffset, to: at.endOffset };
}

/** Characters of the separator at one end of a text; 0: there is none. */
function separatorLength(text: string, end: 'start' | 'end'): number {
  const letters = [...text];
  if (end === 'end') letters.reverse();
  const ordered = letters.join('');
  const trimmed = ordered.trimStart();
  if (!SEPARATORS.has(trimmed.charAt(0))) return 0;
  return ordered.length - trimmed.slice(1).trimStart().length;
}

const isElement = (node: Node): node is Element => 'tagName' in node;
const childrenOf = (node: Node): DefaultTreeAdapterTypes.ChildNode[] => ('childNodes' in node ? node.childNodes : []);
const textOf = (node: Node): string => ('value' in node && typeof node.value === 'string' ? node.value : '');
const hrefOf = ({ attrs }: Element): string | undefined => attrs.find(({ name }) => name === 'href')?.value;
