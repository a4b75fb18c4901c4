import type { Box } from './document/document-slot.js';
import { unpackDocument } from './document/prepared-document.js';
import { type PixelBox, unpackPicture } from './social/picture-plan.js';

/** Position of a partner's text on a page. */
export interface SlotOnPage {
  readonly slot: string;
  /** Counted from 1. */
  readonly page: number;
  readonly box: Box;
}

/** Position of a partner's text on a picture. */
export interface SlotOnPicture {
  readonly slot: string;
  readonly box: PixelBox;
}

/**
 * @param prepared made by `prepareDocument`.
 * @throws Error if it is not a prepared document.
 */
export function slotsOnPages(prepared: Buffer): SlotOnPage[] {
  return unpackDocument(prepared).plan.places.flatMap(({ rule, page, box: { x, y, width, height } }) =>
    rule.kind === 'text' ? [{ slot: rule.slot, page: page + 1, box: { x, y, width, height } }] : [],
  );
}

/**
 * @param prepared made by `prepareSocial`.
 * @returns the slots, and the picture's size in pixels.
 * @throws Error if it is not a prepared picture.
 */
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
