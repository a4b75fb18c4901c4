import type { SlotTexts } from './slot-texts';
import { SlotButton } from './SlotButton';
import { cssPosition, type SlotBox } from './slot-boxes';

interface SlotOverlayProps {
  /** How wide and tall the page or picture is, in the unit of its slots. */
  readonly sheet: { readonly width: number; readonly height: number };
  /** Counted from its upper left. */
  readonly slots: readonly SlotBox[];
  readonly words: SlotTexts;
}

/** The slots of a page or picture, as buttons over it; to be drawn within what it fills. */
export function SlotOverlay({ sheet, slots, words }: SlotOverlayProps) {
  return slots.map((slot, at) => (
    <SlotButton key={`${slot.slot} ${at}`} place={cssPosition(sheet, slot)} words={words} />
  ));
}
