import type { SlotTexts } from './slot-texts';
import { SlotButton } from './SlotButton';
import { cssPosition, type SlotBox } from './slot-boxes';

interface SlotOverlayProps {
  /** Size of the page or picture, in the unit of its slots. */
  readonly geometry: { readonly width: number; readonly height: number };
  /** Measured from the top left. */
  readonly slots: readonly SlotBox[];
  readonly words: SlotTexts;
}

/**
 * Slots of a page or picture as buttons.
 * The parent must have the size of the picture.
 */
export function SlotOverlay({ geometry, slots, words }: SlotOverlayProps) {
  return slots.map((slot, at) => (
    <SlotButton key={`${slot.slot} ${at}`} place={cssPosition(geometry, slot)} words={words} />
  ));
}
