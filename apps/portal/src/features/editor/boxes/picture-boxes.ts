import {
  applyChanges,
  insertMarkup,
  moveElement,
  parseSource,
  removeAttribute,
  removeElement,
  setAttribute,
  type SourceElement,
  textReference,
} from '#template-source';
import type { Rect } from '../../../shared/page-geometry';
import type { BoxFile, Reordering, SlotBox, Texts } from './box';
import { boxId, type Layer, layersOf, lookAttributes, placeAttributes } from './picture-layers';

/** What the layers of a picture refer to. */
export interface PictureContext {
  /** Group of the post's texts in the catalogues: `social.announce`. */
  readonly group: string;
  /** A text of the catalogues in the shown language. */
  readonly copy: (key: string) => string;
  /** Pictures of the package. */
  readonly pictures: readonly string[];
}

const NO_CONTEXT: PictureContext = { group: 'posts', copy: () => '', pictures: [] };

/** Boxes and layers of one picture of a post, read from its SVG. */
export function pictureBoxes(path: string, svg: string, context: PictureContext = NO_CONTEXT): BoxFile {
  const tree = parseSource(svg);
  const layers = tree.problems.length > 0 ? [] : layersOf(svg, tree.root, context.copy);
  const elementOf = ({ id }: SlotBox): SourceElement | undefined => layers.find(({ box }) => box.id === id)?.element;
  const withValues = (box: SlotBox, values: Readonly<Record<string, string | null>>): Texts => {
    const element = elementOf(box);
    return { [path]: element === undefined ? svg : withAttributes(svg, element.start, values) };
  };
  return {
    unit: 'px',
    path,
    text: svg,
    boxes: layers.map(({ box }) => box),
    kinds: [
      ...(layers.some(({ box }) => box.kind === 'logo') ? [] : (['logo'] as const)),
      'text',
      'copy',
      ...(context.pictures.length === 0 ? [] : (['picture'] as const)),
      'shape',
    ],
    place: (box, _, rect) => withValues(box, placeAttributes(box, rect)),
    look: (box, look) => withValues(box, lookAttributes(box.kind, look)),
    // Something else of the drawing would lose what it refers to.
    rename: (box, to) => (svg.includes(`#${box.id}`) ? { [path]: svg } : withValues(box, { id: boxId(box.kind, to) })),
    open: (box, slot) => withValues(box, { id: boxId('text', slot), 'data-text': null, 'data-max': MOST_LETTERS }),
    lock: (box, key) =>
      withValues(box, { id: boxId('copy', box.name), 'data-max': null, 'data-text': textReference(key) }),
    idOf: boxId,
    keyFor: (name) => `${context.group}.${name}`,
    add: (kind, name, _, rect) => {
      const root = tree.root.children.find((element) => element.name === 'svg');
      if (root === undefined) return {};
      const markup = newLayer(kind, name, rect, context);
      return { [path]: applyChanges(svg, insertMarkup(svg, { into: root }, markup)) };
    },
    remove: (box) => {
      const element = elementOf(box);
      return { [path]: element === undefined ? svg : applyChanges(svg, removeElement(svg, element)) };
    },
    reorder: (box, step) => {
      const changes = reorderingOf(svg, layers, box, step);
      return changes === null ? null : { [path]: applyChanges(svg, changes) };
    },
  };
}

/** Characters of a text that partners write, until the vendor says otherwise. */
const MOST_LETTERS = '80';

/** The source with attributes of the element that begins at an offset; null removes one. */
const withAttributes = (svg: string, start: number, values: Readonly<Record<string, string | null>>): string =>
  Object.entries(values).reduce((text, [name, value]) => {
    const element = elementAt(parseSource(text).root, start);
    if (element === undefined) return text;
    return applyChanges(text, value === null ? removeAttribute(element, name) : setAttribute(element, name, value));
  }, svg);

function elementAt({ children }: SourceElement, start: number): SourceElement | undefined {
  const around = children.find((child) => child.start <= start && child.end > start);
  return around === undefined || around.start === start ? around : elementAt(around, start);
}

/** Values of partners and texts in boxes are drawn over everything else. */
const isOnTop = ({ kind }: SlotBox): boolean => kind === 'logo' || kind === 'text' || kind === 'copy';

function reorderingOf(svg: string, layers: readonly Layer[], box: SlotBox, step: Reordering) {
  if (isOnTop(box)) return null;
  const drawn = layers.filter((layer) => !isOnTop(layer.box));
  const at = drawn.findIndex((layer) => layer.box.id === box.id);
  const [layer, next] = [drawn[at], drawn[at + (step === 'forward' ? 1 : -1)]];
  if (layer === undefined || next === undefined || next.element.parent !== layer.element.parent) return null;
  return moveElement(svg, layer.element, { beside: next.element, after: step === 'forward' });
}

function newLayer(kind: SlotBox['kind'], name: string, rect: Rect, { group, pictures }: PictureContext): string {
  const place = (['x', 'y', 'width', 'height'] as const).map((field) => ` ${field}="${rect[field]}"`).join('');
  const id = ` id="${boxId(kind, name)}"`;
  if (kind === 'logo') return `<rect${id}${place} data-surface="light"/>`;
  if (kind === 'shape') return `<rect${id}${place} fill="#111827"/>`;
  if (kind === 'picture')
    return `<image${id} href="${pictures[0] ?? ''}"${place} preserveAspectRatio="xMidYMid slice"/>`;
  const look = ' data-size="48" data-color="#111827"';
  if (kind === 'copy') return `<rect${id}${place}${look} data-text="${textReference(`${group}.${name}`)}"/>`;
  return `<rect${id}${place} data-max="${MOST_LETTERS}"${look}/>`;
}

/** A picture that cannot be read: the line of its first mistake. */
export function pictureFault(svg: string): number | null {
  const [mistake] = parseSource(svg).problems;
  return mistake === undefined ? null : svg.slice(0, mistake).split('\n').length;
}
