import { useState } from 'react';
import type { OfferDetail } from '#contracts';
import { useDraft } from '../../shared/draft';

/** What is chosen of a launch; null: as it is proposed. */
interface Chosen {
  readonly locale: string | null;
  readonly listId: string | null;
  /** In the browser's own time. */
  readonly startAt: string | null;
}

const NOTHING: Chosen = { locale: null, listId: null, startAt: null };

/** Whom a launch goes to, in which language and from when. */
export interface LaunchPlan {
  readonly locale: string;
  /** Null: the default list. */
  readonly listId: string | null;
  /** In the browser's own time; null: now. */
  readonly startAt: string | null;
  /** A start was chosen on an earlier visit and lies in the past by now, so that it starts now. */
  readonly isPast: boolean;
  readonly choose: (chosen: Partial<Chosen>) => void;
  readonly forget: () => void;
}

/**
 * What is chosen of a launch waits in this browser while somebody looks at something else: whoever comes back and launches, launches
 * what they chose, and to whom.
 */
export function useLaunchPlan(offer: OfferDetail): LaunchPlan {
  const [{ locale, listId, startAt }, setChosen, forget] = useDraft<Chosen>(`launch ${offer.versionId}`, NOTHING);
  // As it was found: a start that is being picked goes through moments of the past.
  const [past] = useState(() => (startAt !== null && new Date(startAt).getTime() <= Date.now() ? startAt : null));
  const isPast = startAt !== null && startAt === past;
  return {
    locale: offer.locales.find((tag) => tag === locale) ?? offer.locale,
    listId,
    startAt: isPast ? null : startAt,
    isPast,
    choose: (chosen) => setChosen((before) => ({ ...before, ...chosen })),
    forget,
  };
}
