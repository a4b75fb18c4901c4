import { useOfferPlaces } from './api';

/** A slot on a page or picture. */
export interface SlotBox {
  readonly slot: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Positions of slots on documents and pictures.
 * They do not depend on the partner's texts.
 */
export const useSlotBoxes = (versionId: string, locale: string) =>
  useOfferPlaces(versionId, locale, { staleTime: Number.POSITIVE_INFINITY });

/** Space between the text and the outline of the slot. */
const MARGIN_PX = 4;

/** CSS position of a slot, in percent of its page. */
export function cssPosition(geometry: { readonly width: number; readonly height: number }, { slot, ...box }: SlotBox) {
  const share = (part: number, whole: number, moreBy: number): string =>
    `calc(${((100 * part) / whole).toFixed(3)}% ${moreBy < 0 ? '-' : '+'} ${Math.abs(moreBy)}px)`;
  return {
    name: slot,
    left: share(box.x, geometry.width, -MARGIN_PX),
    top: share(box.y, geometry.height, -MARGIN_PX),
    width: share(box.width, geometry.width, 2 * MARGIN_PX),
    height: share(box.height, geometry.height, 2 * MARGIN_PX),
  };
}
