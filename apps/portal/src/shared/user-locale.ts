import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { type ProfileView, readerLocale } from '#contracts';

/** How the signed-in person wants dates, times and numbers. */
interface DateFormat extends Pick<ProfileView, 'region' | 'weekStartsOn'> {
  /** Of the organisation. */
  readonly countryCode: string | null;
}

let chosen: DateFormat = { region: null, weekStartsOn: null, countryCode: null };
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Applies the date format of the session to all screens. */
export function setDateFormat({ region, weekStartsOn, countryCode }: DateFormat): void {
  const isSame = region === chosen.region && weekStartsOn === chosen.weekStartsOn && countryCode === chosen.countryCode;
  if (isSame) return;
  chosen = { region, weekStartsOn, countryCode };
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
  const { region, countryCode } = useSyncExternalStore(subscribe, () => chosen);
  return localeIn(i18n.language, region, countryCode);
}

/**
 * @param region of the person's choice; null: that of the browser, if its
 *   language is that of the portal, else of the organisation's country.
 */
export const localeIn = (language: string, region: string | null, countryCode: string | null = null): string => {
  if (region !== null) return readerLocale(language, { region });
  // A browser's plain "en" or "de" names no region.
  const browser = navigator.languages.find((tag) => tag.startsWith(`${language}-`));
  return browser ?? readerLocale(language, { countryCode });
};
