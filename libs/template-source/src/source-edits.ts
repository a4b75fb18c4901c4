import { mustachesIn } from './mustaches.js';
import type { SourceAttribute, SourceElement } from './source-tree.js';

/** A replacement in a source. Offsets are those of the source before it. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

interface Extent {
  readonly from: number;
  readonly to: number;
  /** Whether the element has its lines to itself. */
  readonly isLine: boolean;
}

/** Where an element goes: beside another one, or into an empty one. */
export type Place = { readonly beside: SourceElement; readonly after: boolean } | { readonly into: SourceElement };

/** The source with changes that do not overlap. */
export const applyChanges = (source: string, changes: readonly TextChange[]): string =>
  changes
    .toSorted((one, other) => other.from - one.from || other.to - one.to)
    .reduce((text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to), source);

/** Where an offset behind other changes is after them. */
export const offsetAfter = (changes: readonly TextChange[], offset: number): number =>
  changes.reduce((moved, { from, to, insert }) => (to <= offset ? moved + insert.length - (to - from) : moved), offset);

/** Sets an attribute, or adds it after the others. Other bytes stay. */
export function setAttribute(element: SourceElement, name: string, value: string): TextChange[] {
  const old = attributeNamed(element, name);
  if (old !== undefined && old.quote !== '')
    return [{ from: old.valueStart, to: old.valueEnd, insert: escapedValue(value, old.quote) }];
  const insert = `${name}="${escapedValue(value, '"')}"`;
  if (old !== undefined) return [{ from: old.nameStart, to: old.end, insert }];
  const last = element.attributes.at(-1)?.end ?? element.start + 1 + element.name.length;
  return [{ from: last, to: last, insert: ` ${insert}` }];
}

export function removeAttribute(element: SourceElement, name: string): TextChange[] {
  const old = attributeNamed(element, name);
  return old === undefined ? [] : [{ from: old.from, to: old.end, insert: '' }];
}

/** Replaces what stands between the tags. The content is markup. */
export const setContent = (element: SourceElement, content: string): TextChange[] =>
  element.selfClosing
    ? [{ from: element.openEnd - 2, to: element.openEnd, insert: `>${content}</${element.name}>` }]
    : [{ from: element.openEnd, to: element.closeStart, insert: content }];

/** An element that has its lines to itself takes them along. */
export function removeElement(source: string, element: SourceElement): TextChange[] {
  const { from, to } = extentOf(source, element);
  return [{ from, to, insert: '' }];
}

/**
 * Puts new elements at a place, with the indentation and line ends of the
 * source.
 * @param markup its lines are indented as if it stood at the left margin.
 */
export function insertMarkup(source: string, place: Place, markup: string): TextChange[] {
  const spot = spotOf(source, place);
  const insert = spot.isLine ? indented(markup, spot.indent, lineEndOf(source)) : markup.replaceAll(/\n\s*/g, '');
  return [insertionAt(source, spot, insert)];
}

/**
 * Moves an element. Its own bytes stay, except the indentation of its first
 * line.
 * @returns no changes if it stands there already.
 */
export function moveElement(source: string, element: SourceElement, place: Place): TextChange[] {
  const own = extentOf(source, element);
  const spot = spotOf(source, place);
  const { from, to } = own.isLine ? own : { from: element.start, to: element.end };
  if (spot.at >= from && spot.at <= to) return [];
  const body = source.slice(element.start, element.end);
  return [{ from, to, insert: '' }, insertionAt(source, spot, spot.isLine ? spot.indent + body : body)];
}

/** Puts tags around an element. Its own bytes stay, also its indentation. */
export function wrapElement(source: string, element: SourceElement, open: string, close: string): TextChange[] {
  const { from, to, isLine } = extentOf(source, element);
  if (!isLine) return [insertion(element.start, open), insertion(element.end, close)];
  const indent = source.slice(from, element.start);
  const end = lineEndOf(source);
  const isLastLine = source[to - 1] !== '\n';
  return [
    insertion(from, indent + open + end),
    insertion(to, isLastLine ? end + indent + close : indent + close + end),
  ];
}

/** Surrounds the content of an element with tags. The content keeps its bytes. */
export function wrapContent(source: string, { children }: SourceElement, open: string, close: string): TextChange[] {
  const [first, last] = [children[0], children.at(-1)];
  if (first === undefined || last === undefined) return [];
  const [before] = wrapElement(source, first, open, '');
  const around = wrapElement(source, last, '', close);
  // Both ends in one way, so that each tag has a line or none has.
  const after = around[1];
  return before === undefined || after === undefined ? [] : [before, after];
}

/** Removes the tags of an element. Its content keeps its bytes. */
export function unwrapElement(
  source: string,
  { start, openEnd, closeStart, end, selfClosing }: SourceElement,
): TextChange[] {
  if (selfClosing) return [{ from: start, to: end, insert: '' }];
  return [
    [start, openEnd],
    [closeStart, end],
  ].map(([from = 0, to = 0]) => ({ ...lineOf(source, from, to), insert: '' }));
}

/** Puts a copy of an element after it. @param text the element, as it is or changed. */
export function copyElement(source: string, element: SourceElement, text: string): TextChange[] {
  const spot = spotOf(source, { beside: element, after: true });
  return [insertionAt(source, spot, spot.isLine ? spot.indent + text : text)];
}

export const renameElement = ({ start, name, selfClosing, closeStart }: SourceElement, to: string): TextChange[] => [
  { from: start + 1, to: start + 1 + name.length, insert: to },
  ...(selfClosing ? [] : [{ from: closeStart + 2, to: closeStart + 2 + name.length, insert: to }]),
];

/** Where something is inserted, and how it is written there. */
interface Spot {
  readonly at: number;
  /** Replaced up to here. */
  readonly to?: number;
  /** Tags around it, for an element that had no content. */
  readonly around?: readonly [string, string];
  readonly isLine: boolean;
  readonly indent: string;
}

function spotOf(source: string, place: Place): Spot {
  if ('beside' in place) {
    const { from, to, isLine } = extentOf(source, place.beside);
    return { at: place.after ? to : from, isLine, indent: isLine ? source.slice(from, place.beside.start) : '' };
  }
  const { children, closeStart, openEnd, selfClosing, name } = place.into;
  if (selfClosing) return { at: openEnd - 2, to: openEnd, around: ['>', `</${name}>`], isLine: false, indent: '' };
  const last = children.at(-1);
  // What follows an else would belong to it.
  if (last !== undefined) return spotOf(source, { beside: last, after: last.name !== 'tc-else' });
  const indent = indentBefore(source, closeStart);
  const isLine = closeStart - indent.length > openEnd && source[closeStart - indent.length - 1] === '\n';
  return isLine
    ? { at: closeStart - indent.length, isLine, indent: `${indent}  ` }
    : { at: closeStart, isLine, indent: '' };
}

function insertionAt(source: string, { at, to = at, around = ['', ''], isLine }: Spot, text: string): TextChange {
  if (!isLine) return { from: at, to, insert: around.join(text) };
  const end = lineEndOf(source);
  // The last line of a file may have no line end.
  const isBehindOpenLine = at > 0 && source[at - 1] !== '\n';
  return { from: at, to: at, insert: isBehindOpenLine ? end + text : text + end };
}

const insertion = (at: number, insert: string): TextChange => ({ from: at, to: at, insert });

/**
 * An element with what belongs to it: its indentation and line end if it has
 * its lines to itself.
 */
const extentOf = (source: string, { start, end }: SourceElement): Extent => lineOf(source, start, end);

/** The same for any range of a source. */
function lineOf(source: string, start: number, end: number): Extent {
  const from = start - indentBefore(source, start).length;
  let to = end;
  while (source[to] === ' ' || source[to] === '\t') to += 1;
  const lineEnd = source.startsWith('\r\n', to) ? 2 : source[to] === '\n' ? 1 : 0;
  const isLine = (from === 0 || source[from - 1] === '\n') && (to === source.length || lineEnd > 0);
  return isLine ? { from, to: to + lineEnd, isLine } : { from: start, to: end, isLine };
}

function indentBefore(source: string, at: number): string {
  let from = at;
  while (source[from - 1] === ' ' || source[from - 1] === '\t') from -= 1;
  return source.slice(from, at);
}

const indented = (markup: string, indent: string, lineEnd: string): string =>
  markup
    .split('\n')
    .map((line) => indent + line)
    .join(lineEnd);

const lineEndOf = (source: string): string => (source.includes('\r\n') ? '\r\n' : '\n');

const attributeNamed = ({ attributes }: SourceElement, name: string): SourceAttribute | undefined =>
  attributes.find((attribute) => attribute.name === name);

/** A value for an attribute. Entities and `{{…}}` in it stay. */
function escapedValue(value: string, quote: '"' | "'"): string {
  const escape = (text: string): string =>
    text
      .replaceAll(/&(?!#?\w+;)/g, '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll(quote, quote === '"' ? '&quot;' : '&#39;');
  let out = '';
  let at = 0;
  for (const { from, to } of mustachesIn(value)) {
    out += escape(value.slice(at, from)) + value.slice(from, to);
    at = to;
  }
  return out + escape(value.slice(at));
}
