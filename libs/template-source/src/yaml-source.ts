import {
  Document,
  isAlias,
  isCollection,
  isNode,
  isPair,
  isScalar,
  type Node,
  type Pair,
  Scalar,
  YAMLMap,
  YAMLSeq,
} from 'yaml';

/** An item of a block collection: a pair of a map, or a node of a sequence. */
type Item = Pair | Node;

/** What a document contained when it was parsed, to find what has changed. */
export interface ParsedSource {
  readonly text: string;
  readonly items: ReadonlyMap<unknown, readonly Item[]>;
  readonly values: ReadonlyMap<unknown, unknown>;
}

interface SourceEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** An item in the text: its comment lines before it, and itself to its line's end. */
interface ItemPlace {
  readonly leadFrom: number;
  readonly from: number;
  readonly to: number;
}

const FORMAT = { lineWidth: 0, flowCollectionPadding: true, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER };

/** Call it before the document is changed. */
export function parsedSource(text: string, document: Document): ParsedSource {
  const items = new Map<unknown, readonly Item[]>();
  const values = new Map<unknown, unknown>();
  const visit = (node: unknown): void => {
    if (isScalar(node)) values.set(node, node.value);
    if (isPair(node)) {
      values.set(node, node.value);
      visit(node.key);
      visit(node.value);
    }
    if (!isCollection(node)) return;
    items.set(node, [...itemsOf(node)]);
    itemsOf(node).forEach(visit);
  };
  visit(document.contents);
  return { text, items, values };
}

/**
 * The text with the changes of its document. Lines of what has not changed stay
 * byte for byte.
 * @returns null if a part of it cannot be found in the text.
 */
export function changedSource(source: ParsedSource, contents: unknown): string | null {
  const edits = nodeEdits(source, contents, 0, false);
  if (edits === null) return null;
  return edits
    .toSorted((one, other) => other.from - one.from)
    .reduce((text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to), source.text);
}

const itemsOf = (node: unknown): Item[] => (isCollection(node) ? [...node.items].filter(isItem) : []);
const isItem = (item: unknown): item is Item => isPair(item) || isNode(item);
const valueOf = (item: Item): unknown => (isPair(item) ? item.value : item);

function nodeEdits(source: ParsedSource, node: unknown, indent: number, isFlow: boolean): SourceEdit[] | null {
  if (isAlias(node)) return [];
  if (isScalar(node)) return scalarEdits(source, node, indent, isFlow);
  const before = source.items.get(node);
  if (!isCollection(node) || before === undefined || !node.range) return null;
  const isInFlow = isFlow || node.flow === true;
  const isSameList = before.length === node.items.length && before.every((item, at) => item === node.items[at]);
  const isReplaced = itemsOf(node).some((item) => isPair(item) && source.values.get(item) !== item.value);
  if (isSameList && !isReplaced) return insideEdits(source, node, indent, isInFlow);
  if (!isInFlow) return blockEdits(source, node, before);
  const kept = keptEdits(source, node, before, indent);
  if (kept !== null) return kept;
  const text = flowText(node);
  return [{ from: node.range[0], to: node.range[1], text }];
}

/**
 * A flow collection that lost items, and has new ones behind the others: these
 * keep their bytes and lines.
 */
function keptEdits(
  source: ParsedSource,
  node: YAMLMap | YAMLSeq,
  before: readonly Item[],
  indent: number,
): SourceEdit[] | null {
  const items = itemsOf(node);
  const kept = before.filter((item) => items.includes(item));
  const isReplaced = kept.some((item) => isPair(item) && source.values.get(item) !== item.value);
  const [first] = before;
  const start = first === undefined ? undefined : flowStartOf(first);
  if (isReplaced || kept.length === 0 || start === undefined || !node.range) return null;
  if (!kept.every((item, at) => item === items[at])) return null;
  const inside = insideEdits(source, node, indent, true, kept.length);
  const cuts = before.flatMap((item, at) => (kept.includes(item) ? [] : cutOf(before, at, kept)));
  const end = endOf(kept.at(-1) ?? node);
  if (inside === null || cuts.includes(null) || end === null) return null;
  const { text } = source;
  const isOnLines = text.slice(node.range[0], start).includes('\n');
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const joint = isOnLines ? `,${lineEnd}${' '.repeat(columnOf(text, start))}` : ', ';
  const added = items.slice(kept.length).map((item) => joint + (isPair(item) ? flowPairText(item) : flowText(item)));
  return [
    ...inside,
    ...cuts.filter((cut) => cut !== null),
    ...(added.length === 0 ? [] : [{ from: end, to: end, text: added.join('') }]),
  ];
}

/** A removed item with the comma before it; of the first ones, with what is before the first kept one. */
function cutOf(before: readonly Item[], at: number, kept: readonly Item[]): SourceEdit | null {
  const [item, previous] = [before[at], before[at - 1]];
  const isBehindKept = kept[0] !== undefined && before.indexOf(kept[0]) < at;
  const next = before[at + 1];
  const from = isBehindKept ? previous && endOf(previous) : item && flowStartOf(item);
  const to = isBehindKept ? item && endOf(item) : next && flowStartOf(next);
  return typeof from === 'number' && typeof to === 'number' ? { from, to, text: '' } : null;
}

const flowStartOf = (item: Item): number | undefined => {
  const node = isPair(item) ? item.key : item;
  return isNode(node) ? node.range?.[0] : undefined;
};

/** Changes inside the first items of a collection, which have not moved. */
function insideEdits(
  source: ParsedSource,
  node: YAMLMap | YAMLSeq,
  indent: number,
  isFlow: boolean,
  count = Number.POSITIVE_INFINITY,
): SourceEdit[] | null {
  const found: SourceEdit[] = [];
  for (const item of itemsOf(node).slice(0, count)) {
    const from = isFlow ? null : startOf(source.text, item);
    const inside = nodeEdits(source, valueOf(item), from === null ? indent : columnOf(source.text, from), isFlow);
    const key = isPair(item) && isScalar(item.key) ? scalarEdits(source, item.key, indent, isFlow) : [];
    if (inside === null || key === null) return null;
    found.push(...key, ...inside);
  }
  return found;
}

function scalarEdits(
  { text, values }: ParsedSource,
  node: Scalar,
  indent: number,
  isFlow: boolean,
): SourceEdit[] | null {
  if (values.has(node) && values.get(node) === node.value) return [];
  if (!node.range) return null;
  const [from, to] = node.range;
  const isBlock = node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL;
  const shown = new Scalar(node.value);
  // A comment may follow on the line: the new text stays on it.
  const isOnOneLine = !isBlock && typeof node.value === 'string' && node.value.includes('\n');
  const type = isOnOneLine ? Scalar.QUOTE_DOUBLE : node.type;
  if (type !== undefined) shown.type = type;
  const written = isFlow ? flowText(shown) : itemText(shown, indent).slice(2);
  return [{ from, to, text: text[to - 1] === '\n' ? `${written}\n` : written }];
}

/** Rebuilds a block collection of the texts of its items, and of new ones. */
function blockEdits(source: ParsedSource, node: YAMLMap | YAMLSeq, before: readonly Item[]): SourceEdit[] | null {
  const { text } = source;
  const places = placesOf(text, before);
  const [first] = before;
  const firstPlace = first === undefined ? undefined : places?.get(first);
  const last = before.at(-1);
  const lastPlace = last === undefined ? undefined : places?.get(last);
  if (places === null || firstPlace === undefined || lastPlace === undefined || node.items.length === 0) return null;
  const indent = columnOf(text, firstPlace.from);
  const lineStart = firstPlace.from - indent;
  // The first item of a map in a sequence stands behind its dash.
  const isBehindDash = text.slice(lineStart, firstPlace.from).trim() !== '';
  const chunks: string[] = [];
  for (const [at, item] of itemsOf(node).entries()) {
    const chunk = itemChunk(source, item, { place: places.get(item), indent, bare: at === 0 && isBehindDash });
    if (chunk === null) return null;
    chunks.push(chunk.endsWith('\n') ? chunk : `${chunk}\n`);
  }
  const whole = chunks.join('');
  return [
    {
      from: isBehindDash ? firstPlace.from : lineStart,
      to: lastPlace.to,
      text: text[lastPlace.to - 1] === '\n' ? whole : whole.slice(0, -1),
    },
  ];
}

/** One item with its comment lines: as it was, with its changes, or new. */
function itemChunk(
  source: ParsedSource,
  item: Item,
  { place, indent, bare }: { place: ItemPlace | undefined; indent: number; bare: boolean },
): string | null {
  const margin = bare ? '' : ' '.repeat(indent);
  const isReplaced = isPair(item) && source.values.get(item) !== item.value;
  if (place === undefined || isReplaced) {
    const lead = place === undefined || bare ? '' : source.text.slice(place.leadFrom, place.from - indent);
    return `${lead}${margin}${itemText(item, indent)}`;
  }
  const edits = nodeEdits(source, valueOf(item), indent, false);
  if (edits === null) return null;
  const lead = bare ? '' : source.text.slice(place.leadFrom, place.from - columnOf(source.text, place.from));
  const body = edits
    .toSorted((one, other) => other.from - one.from)
    .reduce(
      (text, edit) => text.slice(0, edit.from - place.from) + edit.text + text.slice(edit.to - place.from),
      source.text.slice(place.from, place.to),
    );
  return `${lead}${margin}${body}`;
}

/** An item as the library writes it, indented except for its first line. */
function itemText(item: Item, indent: number): string {
  const document = new Document();
  if (isPair(item)) {
    const map = new YAMLMap();
    map.items.push(item);
    document.contents = map;
  } else {
    const seq = new YAMLSeq();
    seq.items.push(item);
    document.contents = seq;
  }
  return document
    .toString(FORMAT)
    .replace(/\n$/, '')
    .split('\n')
    .map((line, at) => (at === 0 || line === '' ? line : ' '.repeat(indent) + line))
    .join('\n');
}

function flowText(node: Node): string {
  const seq = new YAMLSeq();
  seq.flow = true;
  // Its comment is after it in the text already.
  const { comment } = node;
  node.comment = null;
  seq.items.push(node);
  const document = new Document();
  document.contents = seq;
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: true }).trim().slice(1, -1).trim();
  node.comment = comment ?? null;
  return text;
}

function flowPairText(pair: Pair): string {
  const map = new YAMLMap();
  map.flow = true;
  map.items.push(pair);
  const document = new Document();
  document.contents = map;
  return document.toString({ lineWidth: 0, flowCollectionPadding: true }).trim().slice(1, -1).trim();
}

/** Where the items of a block collection are; null if one is not found. */
function placesOf(text: string, items: readonly Item[]): Map<Item, ItemPlace> | null {
  const places = new Map<Item, ItemPlace>();
  let leadFrom: number | null = null;
  for (const item of items) {
    const from = startOf(text, item);
    const end = endOf(item);
    if (from === null || end === null) return null;
    const lineEnd = text.indexOf('\n', end);
    const restOfLine = lineEnd === -1 ? text.length : lineEnd + 1;
    const to = text[end - 1] === '\n' ? end : restOfLine;
    places.set(item, { leadFrom: leadFrom ?? from - columnOf(text, from), from, to });
    leadFrom = to;
  }
  return places;
}

/** Where an item starts: its key, or its dash. */
function startOf(text: string, item: Item): number | null {
  if (isPair(item)) return isScalar(item.key) ? (item.key.range?.[0] ?? null) : null;
  if (!item.range) return null;
  const dash = text.lastIndexOf('-', item.range[0] - 1);
  return dash !== -1 && text.slice(dash + 1, item.range[0]).trim() === '' ? dash : null;
}

function endOf(item: Item): number | null {
  const value = valueOf(item);
  const last = isCollection(value) && value.flow !== true ? itemsOf(value).at(-1) : undefined;
  if (last !== undefined) return endOf(last);
  return isScalar(value) || isCollection(value) || isAlias(value) ? (value.range?.[1] ?? null) : null;
}

const columnOf = (text: string, position: number): number => position - (text.lastIndexOf('\n', position - 1) + 1);
