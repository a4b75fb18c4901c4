import { type Document, isMap } from 'yaml';
import { changeYaml, readYaml } from '../yaml-file';
import type { Rect } from '../../../shared/page-geometry';
import { type BoxFile, type BoxKind, type BoxLook, KINDS, type SlotBox, type Texts } from './box';

const FILE = 'campaign.yaml';

/** A field or link of a PDF that marks a box. */
export interface PdfMark {
  readonly name: string;
  /** Counted from 1. */
  readonly page: number;
  readonly rect: Rect;
}

interface WrittenBox extends Rect {
  readonly page: number;
}
interface WrittenSlot extends BoxLook {
  readonly kind?: BoxKind;
  readonly box?: WrittenBox;
}

/**
 * Boxes of a document, from `campaign.yaml` and the marks of the PDF.
 * @returns null while `campaign.yaml` cannot be read.
 */
export function documentBoxes(campaign: string, key: string, marks: readonly PdfMark[]): BoxFile | null {
  const file = readYaml(campaign);
  if (!file.ok) return null;
  const slots = file.document.getIn(['documents', key, 'slots']);
  const written = isMap(slots) ? (slots.toJSON() as Record<string, WrittenSlot | null>) : {};
  const inSlots = (name: string, ...path: string[]) => ['documents', key, 'slots', name, ...path];
  const changed = (change: (document: Document) => void): Texts => ({ [FILE]: changeYaml(campaign, change) });
  return {
    unit: 'pt',
    path: FILE,
    idOf: (_, name) => name,
    boxes: Object.entries(written).flatMap(([name, slot]) => placesOf(name, slot ?? {}, marks)),
    kinds: KINDS,
    place: ({ name }, page, rect) =>
      changed((document) =>
        document.setIn(inSlots(name, 'box'), document.createNode({ page, ...rect }, { flow: true })),
      ),
    look: ({ name }, look) =>
      changed((document) => {
        for (const [field, value] of Object.entries(look)) document.setIn(inSlots(name, field), value);
      }),
    rename: ({ name }, to) =>
      changed((document) => {
        const map = document.getIn(['documents', key, 'slots']);
        const pair = isMap(map) ? map.items.find((item) => String(item.key) === name) : undefined;
        if (pair !== undefined) pair.key = document.createNode(to);
      }),
    add: (kind, name, page, rect) =>
      changed((document) => {
        const slot = { kind, ...firstLook(kind, name, document), box: { page, ...rect } };
        document.setIn(inSlots(name), document.createNode(slot, { flow: true }));
      }),
    /** A removed box falls back to the mark of the PDF, if there is one. */
    remove: ({ name, hasMark }) => changed((document) => document.deleteIn(inSlots(name, ...(hasMark ? ['box'] : [])))),
  };
}

function placesOf(name: string, { kind = 'text', box, ...look }: WrittenSlot, marks: readonly PdfMark[]): SlotBox[] {
  const own = marks.filter((mark) => mark.name === name);
  const common = { name, kind, look, hasMark: own.length > 0 };
  if (box !== undefined) {
    const { page, ...rect } = box;
    return [{ ...common, id: name, page, rect, origin: 'written' }];
  }
  if (own.length === 0) return [{ ...common, id: name, page: 1, rect: null, origin: 'written' }];
  return own.map(({ page, rect }, at) => ({
    ...common,
    id: at === 0 ? name : `${name} ${at + 1}`,
    page,
    rect,
    origin: 'mark',
  }));
}

/** Default content of a new box. */
function firstLook(kind: BoxKind, name: string, document: Document): BoxLook {
  if (kind === 'logo') return { surface: 'light' };
  if (kind === 'text') return { slot: name, size: 11, minSize: 8 };
  if (kind === 'contact') return {};
  const links = document.get('links');
  const [first] = isMap(links) ? Object.keys(links.toJSON() as object) : [];
  return { link: first ?? '' };
}
