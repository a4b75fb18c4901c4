import type { OwnWords } from './own-words';
import { SlotOnPreview } from './SlotOnPreview';
import { placeOn, type SlotBox } from './sheet-places';

interface SlotsOnSheetProps {
  /** How wide and tall the page or picture is, in the unit of its slots. */
  readonly sheet: { readonly width: number; readonly height: number };
  /** Counted from its upper left. */
  readonly slots: readonly SlotBox[];
  readonly words: OwnWords;
}

/** The slots of a page or picture, as buttons over it; to be drawn within what it fills. */
export function SlotsOnSheet({ sheet, slots, words }: SlotsOnSheetProps) {
  return slots.map((slot, at) => (
    <SlotOnPreview key={`${slot.slot} ${at}`} place={placeOn(sheet, slot)} words={words} />
  ));
}
