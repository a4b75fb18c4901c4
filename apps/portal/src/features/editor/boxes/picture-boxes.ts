import { attribute, withAttribute } from '../tag-attributes';
import type { Rect } from '../../../shared/page-geometry';
import type { BoxFile, BoxLook, SlotBox, Texts } from './box';

/**
 * A rectangle of an SVG, or a comment.
 * Rectangles inside comments are ignored.
 */
const RECT = /<!--[\s\S]*?(?:-->|$)|<rect\b((?:[^<>"'/]|"[^"<]*"|'[^'<]*'|\/(?!>))*)(\/?)>/g;
const LOGO = 'tc:logo';
const TEXT = 'tc:text:';
/** Property names in `BoxLook`, and in the SVG. */
const WRITTEN = {
  surface: 'data-surface',
  size: 'data-size',
  minSize: 'data-min-size',
  color: 'data-color',
  align: 'data-align',
  weight: 'data-weight',
  max: 'data-max',
} as const;
const ALIGN: Readonly<Record<string, string>> = { left: 'start', centre: 'center', right: 'end' };
/** Defaults of the compiler. */
const TEXT_DEFAULTS: BoxLook = { size: 48, color: '#111827', align: 'start', weight: 'regular', max: 80 };

/** Boxes of one post picture, read from its SVG. */
export function pictureBoxes(path: string, svg: string): BoxFile {
  const boxes = [...svg.matchAll(RECT)].flatMap(([, attributes]) => boxOf(attributes ?? ''));
  const changed = (name: string, change: (attributes: string) => string): Texts => ({
    [path]: svg.replaceAll(RECT, (tag: string, attributes: string | undefined, end: string) =>
      attributes === undefined || attribute(attributes, 'id') !== idOf(name)
        ? tag
        : `<rect${change(attributes.trimEnd())}${end}>`,
    ),
  });
  return {
    unit: 'px',
    path,
    boxes,
    kinds: boxes.some(({ kind }) => kind === 'logo') ? ['text'] : ['logo', 'text'],
    place: ({ name }, _, rect) => changed(name, (attributes) => placed(attributes, rect)),
    look: ({ name }, look) =>
      changed(name, (attributes) =>
        Object.entries(look).reduce(
          (before, [field, value]) => withAttribute(before, WRITTEN[field as keyof typeof WRITTEN], String(value)),
          attributes,
        ),
      ),
    rename: ({ name }, to) => changed(name, (attributes) => withAttribute(attributes, 'id', idOf(to))),
    add: (kind, name, _, rect) => {
      const look = kind === 'logo' ? ' data-surface="light"' : ' data-max="80" data-size="48" data-color="#111827"';
      const tag = `<rect${placed(` id="${idOf(name)}"`, rect)}${look}/>`;
      return { [path]: svg.replace(/<\/svg>\s*$/, (end) => `  ${tag}\n${end}`) };
    },
    remove: ({ name }) => ({
      [path]: svg.replaceAll(
        /(?<![ \t])[ \t]*(?:<!--[\s\S]*?(?:-->|$)|<rect\b((?:[^<>"'/]|"[^"<]*"|'[^'<]*'|\/(?!>))*)(?:\/>|>\s*<\/rect>))\n?/g,
        (tag: string, attributes: string | undefined) =>
          attributes !== undefined && attribute(attributes, 'id') === idOf(name) ? '' : tag,
      ),
    }),
  };
}

/**
 * The logo has no name.
 * A text has the name of its slot.
 */
const idOf = (name: string): string => (name === 'logo' ? LOGO : `${TEXT}${name}`);

const placed = (attributes: string, rect: Rect): string =>
  (['x', 'y', 'width', 'height'] as const).reduce(
    (before, field) => withAttribute(before, field, String(rect[field])),
    attributes,
  );

function boxOf(attributes: string): SlotBox[] {
  const id = attribute(attributes, 'id') ?? '';
  const isLogo = id === LOGO;
  if (!isLogo && !id.startsWith(TEXT)) return [];
  const name = isLogo ? 'logo' : id.slice(TEXT.length);
  const number = (field: string): number => Number(attribute(attributes, field) ?? 0);
  const rect = { x: number('x'), y: number('y'), width: number('width'), height: number('height') };
  const isPlace = Object.values(rect).every(Number.isFinite) && rect.width > 0 && rect.height > 0;
  const look = isLogo
    ? { surface: attribute(attributes, 'data-surface') ?? 'light' }
    : { ...TEXT_DEFAULTS, ...lookOf(attributes), slot: name };
  const kind = isLogo ? 'logo' : 'text';
  return [{ id: name, name, kind, look, page: 1, rect: isPlace ? rect : null, origin: 'written', hasMark: false }];
}

function lookOf(attributes: string): BoxLook {
  const said = Object.entries(WRITTEN).flatMap(([field, name]) => {
    const value = attribute(attributes, name);
    if (value === undefined) return [];
    if (field === 'align') return [[field, ALIGN[value] ?? value] as const];
    return [[field, /^(?:size|minSize|max)$/.test(field) ? Number(value) : value] as const];
  });
  return Object.fromEntries(said);
}
