import { useMemo, useState } from 'react';
import type { OfferDetail } from '#contracts';
import { useDraft } from '../../shared/draft';
import { changedSlots, type OfferWithTexts, linesOf, type Slot, slotsIn, invalidSlots } from './slots';

/** The partner's words in one language, wherever on the screen they are written. */
export interface SlotTexts {
  readonly locale: string;
  /** Every place, with the vendor's text in this language. */
  readonly places: readonly Slot[];
  readonly linesIn: (slot: Slot) => string;
  readonly write: (slot: Slot, lines: string) => void;
  /** Own words that gave way to the suggested ones: whoever sees how those look may want theirs again. */
  readonly takenBack: (slot: Slot) => string | undefined;
  readonly takeBack: (slot: Slot) => void;
}

/** An offer in the partner's own words, with what writes them where they stand. */
export interface EditableOffer extends OfferWithTexts {
  readonly own: SlotTexts;
}

/** What a partner writes waits for it in this browser, wherever it went meanwhile; words belong to the language they are written in. */
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
