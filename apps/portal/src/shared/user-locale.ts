import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProfileView } from '#contracts';

/** How the signed-in person wants dates, times and numbers. */
type DateFormat = Pick<ProfileView, 'region' | 'weekStartsOn'>;

let chosen: DateFormat = { region: null, weekStartsOn: null };
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Applies the date format of the session to all screens. */
export function setDateFormat({ region, weekStartsOn }: DateFormat): void {
  if (region === chosen.region && weekStartsOn === chosen.weekStartsOn) return;
  chosen = { region, weekStartsOn };
  for (const listener of listeners) listener();
}

/** The first day of a week, ISO 8601; null: as in the user's locale. */
export const useWeekStart = (): DateFormat['weekStartsOn'] =>
  useSyncExternalStore(subscribe, () => chosen).weekStartsOn;

/**
 * The user's locale with its region. It decides 12 or 24 hours, and the date
 * order.
 */
export function useUserLocale(): string {
  const { i18n } = useTranslation();
  const { region } = useSyncExternalStore(subscribe, () => chosen);
  return localeIn(i18n.language, region);
}

/**
 * @param region of the person's choice; null: that of the browser, if its
 *   language is that of the portal.
 */
export const localeIn = (language: string, region: string | null): string =>
  region === null ? (navigator.languages.find((tag) => tag.startsWith(language)) ?? language) : `${language}-${region}`;
