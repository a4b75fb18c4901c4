import { useState } from 'react';
import type { OfferDetail } from '#contracts';
import { useDraft } from '../../shared/draft';

/** Choices for a launch; null: the default. */
interface Chosen {
  readonly locale: string | null;
  /** A draft from before launches had several lists has neither. */
  readonly lists?: readonly string[] | null;
  readonly exclude?: readonly string[];
  /** In the browser's time zone. */
  readonly startAt: string | null;
}

const NOTHING: Chosen = { locale: null, lists: null, exclude: [], startAt: null };

/** Lists, language and start of a launch. */
export interface LaunchPlan {
  readonly locale: string;
  /** Null: the default list. Empty: none. */
  readonly lists: readonly string[] | null;
  readonly exclude: readonly string[];
  /** In the browser's time zone; null: now. */
  readonly startAt: string | null;
  /** A start from an earlier visit has passed, so the launch starts now. */
  readonly isPast: boolean;
  readonly choose: (chosen: Partial<Chosen>) => void;
  readonly forget: () => void;
}

/**
 * Launch choices, stored in this browser.
 * A partner who comes back later launches with the same choices.
 */
export function useLaunchPlan(offer: OfferDetail): LaunchPlan {
  const [{ locale, startAt, ...chosen }, setChosen, forget] = useDraft<Chosen>(`launch ${offer.versionId}`, NOTHING);
  // Only the initial value counts.
  // While a start is being entered, it may be in the past for a moment.
  const [past] = useState(() => (startAt !== null && new Date(startAt).getTime() <= Date.now() ? startAt : null));
  const isPast = startAt !== null && startAt === past;
  return {
    locale: offer.locales.find((tag) => tag === locale) ?? offer.locale,
    lists: chosen.lists ?? null,
    exclude: chosen.exclude ?? [],
    startAt: isPast ? null : startAt,
    isPast,
    choose: (changes) => setChosen((before) => ({ ...before, ...changes })),
    forget,
  };
}
