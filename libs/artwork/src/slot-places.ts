import type { Box } from './document/document-slot.js';
import { unpackDocument } from './document/prepared-document.js';
import { type PixelBox, unpackPicture } from './social/picture-plan.js';

/** Where a partner's words stand on a page. */
export interface SlotOnPage {
  readonly slot: string;
  /** Counted from 1. */
  readonly page: number;
  readonly box: Box;
}

/** Where a partner's words stand on a picture. */
export interface SlotOnPicture {
  readonly slot: string;
  readonly box: PixelBox;
}

/** @param prepared as `prepareDocument` made it. @throws Error when it is none. */
export function slotsOnPages(prepared: Buffer): SlotOnPage[] {
  return unpackDocument(prepared).plan.places.flatMap(({ rule, page, box: { x, y, width, height } }) =>
    rule.kind === 'text' ? [{ slot: rule.slot, page: page + 1, box: { x, y, width, height } }] : [],
  );
}

/** @param prepared as `prepareSocial` made it. @returns the picture's size in pixels, too. @throws Error when it is none. */
export function slotsOnPicture(prepared: Buffer): {
  readonly width: number;
  readonly height: number;
  readonly slots: readonly SlotOnPicture[];
} {
  const { width, height, texts } = unpackPicture(prepared).plan;
  const slots = texts.map((text) => ({
    slot: text.name,
    box: { x: text.x, y: text.y, width: text.width, height: text.height },
  }));
  return { width, height, slots };
}
