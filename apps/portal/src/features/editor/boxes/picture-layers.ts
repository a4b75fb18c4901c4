import { attributeOf, contentOf, onlyKeyOf, type SourceElement } from '#template-source';
import type { Rect } from '../../../shared/page-geometry';
import type { BoxKind, BoxLook, SlotBox } from './box';

/** A box of a picture, and its element. */
export interface Layer {
  readonly box: SlotBox;
  readonly element: SourceElement;
}

const LOGO = 'tc:logo';
const TEXT = 'tc:text:';
const COPY = 'tc:copy:';
/** Defaults of the compiler. */
const TEXT_DEFAULTS: BoxLook = { size: 48, color: '#111827', align: 'start', weight: 'regular' };
const ALIGN: Readonly<Record<string, string>> = { left: 'start', centre: 'center', right: 'end' };
const ANCHORS: Readonly<Record<string, string>> = { start: 'start', center: 'middle', end: 'end' };
/** Average width of a letter, and height of a line, in font sizes. */
const LETTER = 0.55;
const LINE = 1.2;
/** Elements that are not drawn where they stand. */
const UNDRAWN =
  /^(?:defs|style|title|desc|metadata|symbol|clipPath|mask|pattern|filter|linearGradient|radialGradient)$/;

/** The id in the SVG. The logo has no name; a text has the name of its slot. */
export function boxId(kind: BoxKind, name: string): string {
  if (kind === 'logo') return LOGO;
  return kind === 'text' ? `${TEXT}${name}` : kind === 'copy' ? `${COPY}${name}` : name;
}

/**
 * Layers of a picture from the lowest: boxes wherever they stand, other
 * elements only directly in the picture, where their position is what is
 * written.
 * @param copy a text of the catalogues, for the width of a line.
 */
export function layersOf(svg: string, root: SourceElement, copy: (key: string) => string): Layer[] {
  const drawing = root.children.find(({ name }) => name === 'svg');
  if (drawing === undefined) return [];
  return drawing.children.flatMap((element, at) => {
    const own = layerOf(svg, element, at, copy);
    return own === null ? boxesWithin(svg, element) : [own];
  });
}

function boxesWithin(svg: string, element: SourceElement): Layer[] {
  return element.children.flatMap((child) => {
    const box = placeholder(svg, child);
    return box === null ? boxesWithin(svg, child) : [{ box, element: child }];
  });
}

function layerOf(svg: string, element: SourceElement, at: number, copy: (key: string) => string): Layer | null {
  const box = placeholder(svg, element) ?? drawn(svg, element, at, copy);
  if (box === null) return null;
  // A number that tells where it stands means another layer in another size.
  return { box: reader(svg, element)('id') === undefined ? { ...box, isUnnamed: true } : box, element };
}

/** A box for a value of the partner, or for a text of the vendor. */
function placeholder(svg: string, element: SourceElement): SlotBox | null {
  const read = reader(svg, element);
  const id = read('id') ?? '';
  if (element.name !== 'rect') return null;
  if (id === LOGO) return boxOf('logo', 'logo', read, { surface: read('data-surface') ?? 'light' });
  if (id.startsWith(TEXT)) {
    const slot = id.slice(TEXT.length);
    return boxOf('text', slot, read, { ...TEXT_DEFAULTS, max: 80, ...textLook(read), slot });
  }
  if (!id.startsWith(COPY)) return null;
  const key = onlyKeyOf(read('data-text') ?? '');
  const look = { ...TEXT_DEFAULTS, ...textLook(read), ...(key === null ? {} : { copy: key }) };
  return boxOf('copy', id.slice(COPY.length), read, look);
}

function drawn(svg: string, element: SourceElement, at: number, copy: (key: string) => string): SlotBox | null {
  if (UNDRAWN.test(element.name)) return null;
  const read = reader(svg, element);
  const name = read('id') ?? `${element.name}-${at + 1}`;
  const isMoved = read('transform') !== undefined;
  const opacity = numberOf(read('opacity'));
  const seen = opacity === undefined ? {} : { opacity };
  if (element.name === 'rect' && !isMoved) {
    const radius = numberOf(read('rx'));
    const look = { color: read('fill') ?? '#000000', ...(radius === undefined ? {} : { radius }), ...seen };
    return boxOf('shape', name, read, look);
  }
  if (element.name === 'image' && !isMoved) {
    const fit = /\bslice\b/.test(read('preserveAspectRatio') ?? '') ? 'cover' : 'contain';
    return boxOf('picture', name, read, { picture: read('href') ?? read('xlink:href') ?? '', fit, ...seen });
  }
  if (element.name === 'text' && !isMoved && element.children.length === 0) return lineOf(svg, element, name, copy);
  if (element.name === 'g' && boxesWithin(svg, element).length > 0) return null;
  return { ...boxOf('drawing', name, read, {}), rect: null };
}

/** A text in one line. Its width is estimated. */
function lineOf(svg: string, element: SourceElement, name: string, copy: (key: string) => string): SlotBox {
  const read = reader(svg, element);
  const content = contentOf(svg, element);
  const key = onlyKeyOf(content);
  const size = numberOf(read('font-size')) ?? 16;
  const align = Object.keys(ANCHORS).find((one) => ANCHORS[one] === read('text-anchor')) ?? 'start';
  const width = Math.max(1, (key === null ? content : copy(key)).length) * size * LETTER;
  const x = numberOf(read('x')) ?? 0;
  const left = align === 'start' ? x : align === 'center' ? x - width / 2 : x - width;
  const look = {
    size,
    color: read('fill') ?? '#000000',
    align,
    weight: read('font-weight') === 'bold' ? 'bold' : 'regular',
    ...(key === null ? {} : { copy: key }),
  };
  const rect = { x: left, y: (numberOf(read('y')) ?? 0) - size, width, height: size * LINE };
  return { ...boxOf('line', name, read, look), rect };
}

function boxOf(kind: BoxKind, name: string, read: (name: string) => string | undefined, look: BoxLook): SlotBox {
  const number = (field: string): number => Number(read(field) ?? 0);
  const rect = { x: number('x'), y: number('y'), width: number('width'), height: number('height') };
  const isPlace = Object.values(rect).every(Number.isFinite) && rect.width > 0 && rect.height > 0;
  return {
    id: boxId(kind, name),
    name,
    kind,
    look,
    page: 1,
    rect: isPlace ? rect : null,
    origin: 'written',
    hasMark: false,
  };
}

/** Attributes for a position. */
export function placeAttributes({ kind, look, rect: before }: SlotBox, rect: Rect): Record<string, string> {
  if (kind !== 'line')
    return Object.fromEntries((['x', 'y', 'width', 'height'] as const).map((field) => [field, String(rect[field])]));
  const isSized = before !== null && Math.abs(before.height - rect.height) >= 1;
  const size = isSized ? Math.max(8, Math.round(rect.height / LINE)) : (look.size ?? 16);
  const share = look.align === 'center' ? 0.5 : look.align === 'end' ? 1 : 0;
  return {
    x: String(Math.round(rect.x + rect.width * share)),
    y: String(Math.round(rect.y + size)),
    ...(isSized ? { 'font-size': String(size) } : {}),
  };
}

const TEXT_ATTRIBUTES = {
  surface: 'data-surface',
  size: 'data-size',
  minSize: 'data-min-size',
  color: 'data-color',
  align: 'data-align',
  weight: 'data-weight',
  max: 'data-max',
} as const;

/** Attributes for a look. */
export function lookAttributes(kind: BoxKind, look: BoxLook): Record<string, string> {
  const written = Object.entries(look).map(([field, value]): [string | undefined, string] => {
    const text = String(value);
    if (field === 'opacity') return ['opacity', text];
    if (kind === 'shape') return [{ color: 'fill', radius: 'rx' }[field], text];
    if (kind === 'picture' && field === 'picture') return ['href', text];
    if (kind === 'picture') return ['preserveAspectRatio', `xMidYMid ${text === 'cover' ? 'slice' : 'meet'}`];
    if (kind !== 'line') return [TEXT_ATTRIBUTES[field as keyof typeof TEXT_ATTRIBUTES], text];
    if (field === 'align') return ['text-anchor', ANCHORS[text] ?? 'start'];
    if (field === 'weight') return ['font-weight', text === 'bold' ? 'bold' : 'normal'];
    return [{ size: 'font-size', color: 'fill' }[field], text];
  });
  return Object.fromEntries(written.filter((one): one is [string, string] => one[0] !== undefined));
}

function textLook(read: (name: string) => string | undefined): BoxLook {
  const said = Object.entries(TEXT_ATTRIBUTES).flatMap(([field, name]) => {
    const value = read(name);
    if (value === undefined) return [];
    if (field === 'align') return [[field, ALIGN[value] ?? value] as const];
    return [[field, /^(?:size|minSize|max)$/.test(field) ? Number(value) : value] as const];
  });
  return Object.fromEntries(said);
}

const reader =
  (svg: string, element: SourceElement) =>
  (name: string): string | undefined =>
    attributeOf(svg, element, name);

function numberOf(written: string | undefined): number | undefined {
  const value = written === undefined ? Number.NaN : Number(written.replace(/px$/, ''));
  return Number.isFinite(value) ? value : undefined;
}
