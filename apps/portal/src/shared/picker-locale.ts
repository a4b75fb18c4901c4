import type { ProfileView } from '#contracts';

/** Date format and first day of the week of a date picker. */
export interface PickerLocale {
  /** A locale of `picker-words`. */
  readonly locale: 'de' | 'en' | 'en-gb';
  /** 0 is Sunday. */
  readonly firstDayOfWeek: 0 | 1 | 6;
}

/**
 * Date format of the user's locale. English without a region writes the day
 * first and begins weeks on Monday, as most of the world does.
 * @param weekStartsOn the user's choice, ISO 8601; null: as in the locale.
 */
export function pickerLocale(locale: string, weekStartsOn: ProfileView['weekStartsOn'] = null): PickerLocale {
  const isAmerican = locale === 'en-US';
  return {
    locale: locale.startsWith('de') ? 'de' : isAmerican ? 'en' : 'en-gb',
    firstDayOfWeek: weekStartsOn === null ? (isAmerican ? 0 : 1) : weekStartsOn === 7 ? 0 : weekStartsOn,
  };
}

/** Whether the locale writes 3 PM instead of 15:00. */
export const usesHalfDays = (locale: string): boolean =>
  new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 === true;
