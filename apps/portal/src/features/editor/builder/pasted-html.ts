import type { Template } from './acts';

/** A paragraph, heading or list that was copied elsewhere. */
export interface PastedPart {
  readonly kind: 'heading' | 'text' | 'list';
  /** Words, and bold and italic as tags. Everything else is left out. */
  readonly html: string;
}

/** More is a whole page, not a part of one. */
export const MOST_PARTS = 60;
/** Longest text that is read, in UTF-16 units. */
export const MOST_PASTED = 500_000;

const MARKS: Readonly<Record<string, string>> = { b: 'b', strong: 'b', i: 'i', em: 'i' };
const LEFT_OUT = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
  'math',
  'head',
  'title',
]);
const HEADING = /^h[1-6]$/;
/** Elements that end a paragraph. */
const BLOCK =
  /^(?:address|article|aside|blockquote|body|dd|div|dl|dt|figure|footer|form|header|hr|main|nav|p|pre|section|table|tbody|td|th|thead|tr|h[1-6]|ul|ol)$/;

/**
 * What was copied from a web page or a text program, as parts. It is read by
 * the browser's parser in a document that runs nothing and loads nothing.
 */
export function pastedParts(html: string): PastedPart[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const parts: PastedPart[] = [];
  let words = '';
  const end = (kind: PastedPart['kind'] = 'text'): void => {
    const text = tidied(words);
    words = '';
    if (text !== '') parts.push({ kind, html: text });
  };
  const visit = (element: Element): void => {
    const name = element.localName;
    if (LEFT_OUT.has(name)) return;
    if (name === 'br') words += '<br />';
    else if (name === 'ul' || name === 'ol') {
      end();
      const points = [...element.children].map((point) => tidied(inline(point))).filter((text) => text !== '');
      if (points.length > 0)
        parts.push({ kind: 'list', html: `<ul>${points.map((text) => `<li>${text}</li>`).join('')}</ul>` });
    } else if (BLOCK.test(name)) {
      end();
      children(element);
      end(HEADING.test(name) ? 'heading' : 'text');
    } else if (name in MARKS) words += inline(element);
    else children(element);
  };
  const children = (element: Element): void => {
    for (const node of element.childNodes) {
      if (node instanceof Element) visit(node);
      else if (node.nodeType === Node.TEXT_NODE) words += escaped(node.textContent ?? '');
    }
  };
  children(body);
  end();
  return parts;
}

/** Plain text: a blank line ends a paragraph. */
export const partsOfText = (text: string): PastedPart[] =>
  text
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n/)
    .map((paragraph) => escaped(paragraph.trim()).replaceAll('\n', '<br />'))
    .filter((html) => html !== '')
    .map((html) => ({ kind: 'text', html }));

const PAGE_TAGS = { heading: ['<h2>', '</h2>'], text: ['<p>', '</p>'], list: ['<div>', '</div>'] } as const;

/** Parts as markup of an e-mail or page, with keys for their texts. */
export function markupOfParts(
  parts: readonly PastedPart[],
  kind: Template['kind'],
  keyOf: (at: number) => string,
): string {
  return parts
    .map((part, at) => {
      const text = `{{t "${keyOf(at)}"}}`;
      if (kind === 'email')
        return part.kind === 'heading'
          ? `<mj-text font-size="24px" line-height="32px" font-weight="bold">${text}</mj-text>`
          : `<mj-text>${text}</mj-text>`;
      return `${PAGE_TAGS[part.kind][0]}${text}${PAGE_TAGS[part.kind][1]}`;
    })
    .join('\n');
}

function inline(element: Element): string {
  if (LEFT_OUT.has(element.localName)) return '';
  if (element.localName === 'br') return '<br />';
  const inner = [...element.childNodes]
    .map((node) =>
      node instanceof Element ? inline(node) : node.nodeType === Node.TEXT_NODE ? escaped(node.textContent ?? '') : '',
    )
    .join('');
  const mark = MARKS[element.localName];
  return mark === undefined || inner.trim() === '' ? inner : `<${mark}>${inner}</${mark}>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '{': '&#123;',
  '}': '&#125;',
};
/** Braces too: two of them would be a field. */
const escaped = (text: string): string => text.replaceAll(/[&<>{}]/g, (letter) => ESCAPES[letter] ?? letter);

/** One blank for many, and no line break at the ends. */
function tidied(html: string): string {
  const lines = html
    .replaceAll(/\s+/g, ' ')
    .split('<br />')
    .map((line) => line.trim());
  const first = lines.findIndex((line) => line !== '');
  const last = lines.findLastIndex((line) => line !== '');
  return first === -1 ? '' : lines.slice(first, last + 1).join('<br />');
}
