/** Date format and first day of the week of a date picker. */
export interface PickerLocale {
  /** A locale of `picker-words`. */
  readonly locale: 'de' | 'en' | 'en-gb';
  readonly firstDayOfWeek: 0 | 1;
}

/**
 * Date format of the user's locale. English without a region writes the day
 * first and begins weeks on Monday, as most of the world does.
 */
export function pickerLocale(locale: string): PickerLocale {
  if (locale.startsWith('de')) return { locale: 'de', firstDayOfWeek: 1 };
  return locale === 'en-US' ? { locale: 'en', firstDayOfWeek: 0 } : { locale: 'en-gb', firstDayOfWeek: 1 };
}

/** Whether the locale writes 3 PM instead of 15:00. */
export const usesHalfDays = (locale: string): boolean =>
  new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 === true;
