import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { OfferDetail, SlotTextsView } from '#contracts';
import { isNetworkError } from '../../shared/api';
import { useDraft } from '../../shared/draft';
import { queryKeys } from '../../shared/query-keys';
import { useCan } from '../../shared/session';
import { fetchSlotTexts, saveSlotTexts } from './api';
import { linesOf } from '../../shared/slot-nodes';
import { changedSlots, isOneForAll, type OfferWithTexts, type Slot, slotsIn, invalidSlots } from './slots';
import { type Lines, type UnsavedTexts, unsavedTexts, withoutSaved } from './unsaved-texts';

/** Pause in typing before the texts are saved. */
const TYPING_MS = 800;
/** Without a network. */
const RETRY_MS = 5_000;

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
  /** The server's texts have arrived; until then nothing can be written. */
  readonly isLoaded: boolean;
  /** The server has all texts, so that other devices launch with them. */
  readonly isSaved: boolean;
}

/** An offer with the partner's texts, and functions to change them. */
export interface EditableOffer extends OfferWithTexts {
  readonly own: SlotTexts;
}

/**
 * A partner's slot texts in one language. The server stores them for the
 * campaign; what it does not have yet stays in this browser.
 */
export function useSlotTexts(offer: OfferDetail, locale: string) {
  const stored = useStoredTexts(offer.versionId, locale);
  const [takenBack, setTakenBack] = useState<Lines>({});
  const { written } = stored;
  const places = useMemo(() => slotsIn(offer.slots, locale), [offer.slots, locale]);
  const slots = useMemo(() => changedSlots(places, written), [places, written]);
  const linesIn = (slot: Slot) => written[slot.name] ?? linesOf(slot.default);
  const write = (slot: Slot, lines: string) =>
    stored.write(isOneForAll(slot) ? offer.locales : [locale], slot.name, lines);
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
    isLoaded: stored.isLoaded,
    isSaved: stored.isSaved,
  };
  return { words, slots, unfit: invalidSlots(places, written) };
}

/** The server's texts, with those of this browser that are not saved yet. */
function useStoredTexts(versionId: string, locale: string) {
  const client = useQueryClient();
  const canSave = useCan()('activations.launch');
  const key = queryKeys.slotTexts(versionId);
  const { data, isError } = useQuery({ queryKey: key, queryFn: fetchSlotTexts(versionId) });
  const [byLocale, setByLocale] = useDraft<Record<string, Lines>>(`own-words ${versionId}`, {});
  const written = useMemo(() => ({ ...data?.texts[locale], ...byLocale[locale] }), [data, locale, byLocale]);
  const { mutate } = useMutation({
    scope: { id: `slot-texts ${versionId}` },
    mutationFn: (unsaved: UnsavedTexts) => saveSlotTexts(versionId, unsaved.locale, unsaved.texts),
    retry: (_, error) => isNetworkError(error),
    retryDelay: RETRY_MS,
    onSuccess: (stored: SlotTextsView, saved) => {
      client.setQueryData(key, stored);
      setByLocale((before) => withoutSaved(before, saved));
    },
  });
  const [settled] = useDebouncedValue(byLocale, TYPING_MS);
  useEffect(() => {
    if (canSave) for (const unsaved of unsavedTexts(settled)) mutate(unsaved);
  }, [canSave, mutate, settled]);
  return {
    written,
    // Without the server, what this browser has can still be edited.
    isLoaded: data !== undefined || isError,
    isSaved: Object.keys(byLocale[locale] ?? {}).length === 0,
    write: (locales: readonly string[], name: string, lines: string) =>
      setByLocale((before) => ({
        ...before,
        ...Object.fromEntries(locales.map((one) => [one, { ...before[one], [name]: lines }])),
      })),
  };
}
