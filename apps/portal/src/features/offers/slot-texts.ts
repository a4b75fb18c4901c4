import { useMemo, useState } from 'react';
import type { OfferDetail } from '#contracts';
import { useDraft } from '../../shared/draft';
import { changedSlots, type OfferWithTexts, linesOf, type Slot, slotsIn, invalidSlots } from './slots';

/**
 * A partner's slot texts in one language, shared by all editors on the screen.
 */
export interface SlotTexts {
  readonly locale: string;
  /** All slots, with the vendor's text in this language. */
  readonly places: readonly Slot[];
  readonly linesIn: (slot: Slot) => string;
  readonly write: (slot: Slot, lines: string) => void;
  /**
   * Own text that was reset to the suggested one.
   * It can be restored.
   */
  readonly takenBack: (slot: Slot) => string | undefined;
  readonly takeBack: (slot: Slot) => void;
}

/** An offer with the partner's texts, and functions to change them. */
export interface EditableOffer extends OfferWithTexts {
  readonly own: SlotTexts;
}

/** A partner's slot texts, stored in this browser per language. */
export function useSlotTexts(offer: OfferDetail, locale: string) {
  const [byLocale, setByLocale] = useDraft<Record<string, Record<string, string>>>(`own-words ${offer.versionId}`, {});
  const [takenBack, setTakenBack] = useState<Readonly<Record<string, string>>>({});
  const written = useMemo(() => byLocale[locale] ?? {}, [byLocale, locale]);
  const places = useMemo(() => slotsIn(offer.slots, locale), [offer.slots, locale]);
  const slots = useMemo(() => changedSlots(places, written), [places, written]);
  const linesIn = (slot: Slot) => written[slot.name] ?? linesOf(slot.default);
  const write = ({ name }: Slot, lines: string) =>
    setByLocale((before) => ({ ...before, [locale]: { ...before[locale], [name]: lines } }));
  const words: SlotTexts = {
    locale,
    places,
    linesIn,
    write,
    takenBack: ({ name }) => takenBack[`${locale} ${name}`],
    takeBack: (slot) => {
      setTakenBack((before) => ({ ...before, [`${locale} ${slot.name}`]: linesIn(slot) }));
      write(slot, linesOf(slot.default));
    },
  };
  return { words, slots, unfit: invalidSlots(places, written) };
}
