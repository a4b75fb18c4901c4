import { useMemo } from 'react';
import { useUserLocale } from './user-locale';

type Style = Intl.DateTimeFormatOptions;
const DAY: Style = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' };
const MOMENT: Style = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' };

const currencyNamesOf = new Map<string, Intl.DisplayNames>();

/** Made once for each locale: a list of all currencies reads hundreds of names at every key. */
function currencyNames(locale: string): Intl.DisplayNames {
  const names = currencyNamesOf.get(locale) ?? new Intl.DisplayNames([locale], { type: 'currency' });
  currencyNamesOf.set(locale, names);
  return names;
}

/**
 * Formats dates and numbers in the user's locale.
 * Instants are in the browser's time zone by default.
 */
export function useFormat() {
  const locale = useUserLocale();
  return useMemo(() => {
    const moment = (style: Style) => (iso: string, timeZone?: string) =>
      new Intl.DateTimeFormat(locale, { ...style, ...(timeZone === undefined ? {} : { timeZone }) }).format(
        new Date(iso),
      );
    return {
      /** `2026-03-31` as a day, in any time zone. */
      day: (date: string) => new Intl.DateTimeFormat(locale, { ...DAY, timeZone: 'UTC' }).format(new Date(date)),
      shortDay: (date: string) =>
        new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(date)),
      shortDayOfYear: (date: string) =>
        new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
          new Date(date),
        ),
      /** `2026-03-01` as month and year. */
      month: (date: string) =>
        new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(date)),
      shortMonth: (date: string) =>
        new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' }).format(new Date(date)),
      /** With the year, if it is not the current one. */
      moment: (iso: string, timeZone?: string) =>
        moment(new Date(iso).getFullYear() === new Date().getFullYear() ? MOMENT : { ...MOMENT, year: 'numeric' })(
          iso,
          timeZone,
        ),
      /** Always with its year: of what may be long ago. */
      fullMoment: moment({ ...MOMENT, year: 'numeric' }),
      /** Day of an instant, with its year. */
      date: moment(DAY),
      weekday: moment({ weekday: 'long', day: 'numeric', month: 'long' }),
      time: moment({ hour: '2-digit', minute: '2-digit' }),
      number: (value: number) => new Intl.NumberFormat(locale).format(value),
      /** 7 as +7. */
      signedNumber: (value: number) => new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' }).format(value),
      /** 0.042 as 4.2 %. */
      share: (value: number) =>
        new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value),
      language: (tag: string) => new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag,
      // An address may contain an invalid currency, and a vendor's condition an invalid country; the browser throws a
      // RangeError for both.
      currency: (code: string) => (/^[A-Za-z]{3}$/.test(code) ? (currencyNames(locale).of(code) ?? code) : code),
      country: (code: string) =>
        /^[A-Za-z]{2}$/.test(code) ? (new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code) : code,
    };
  }, [locale]);
}
