/** How a date picker writes dates and begins weeks. */
export interface PickerLocale {
  /** A locale of `picker-words`. */
  readonly locale: 'de' | 'en' | 'en-gb';
  readonly firstDayOfWeek: 0 | 1;
}

/** Dates as the reader's locale has them; English that is nobody's puts the day first and begins on Monday, as most of the world does. */
export function pickerLocale(locale: string): PickerLocale {
  if (locale.startsWith('de')) return { locale: 'de', firstDayOfWeek: 1 };
  return locale === 'en-US' ? { locale: 'en', firstDayOfWeek: 0 } : { locale: 'en-gb', firstDayOfWeek: 1 };
}
