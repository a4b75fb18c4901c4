import { useOfferPlaces } from './api';

/** A slot on a page or picture. */
export interface SlotBox {
  readonly slot: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where slots stand on documents and pictures, which no word of a partner's changes. */
export const useSlotBoxes = (versionId: string, locale: string) =>
  useOfferPlaces(versionId, locale, { staleTime: Number.POSITIVE_INFINITY });

/** Words begin where their slot does: its line is drawn around them. */
const MARGIN_PX = 4;

/** Where a slot stands, as CSS says it: in shares of its sheet, whatever size that is shown in. */
export function cssPosition(sheet: { readonly width: number; readonly height: number }, { slot, ...box }: SlotBox) {
  const share = (part: number, whole: number, moreBy: number): string =>
    `calc(${((100 * part) / whole).toFixed(3)}% ${moreBy < 0 ? '-' : '+'} ${Math.abs(moreBy)}px)`;
  return {
    name: slot,
    left: share(box.x, sheet.width, -MARGIN_PX),
    top: share(box.y, sheet.height, -MARGIN_PX),
    width: share(box.width, sheet.width, 2 * MARGIN_PX),
    height: share(box.height, sheet.height, 2 * MARGIN_PX),
  };
}
