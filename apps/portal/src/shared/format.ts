import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { userLocale } from './user-locale';

type Style = Intl.DateTimeFormatOptions;
const DAY: Style = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' };
const MOMENT: Style = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' };

/** Dates and numbers as the reader's language writes them; instants in the browser's zone unless one is given. */
export function useFormat() {
  const { i18n } = useTranslation();
  const locale = userLocale(i18n.language);
  return useMemo(() => {
    const moment = (style: Style) => (iso: string, timeZone?: string) =>
      new Intl.DateTimeFormat(locale, { ...style, ...(timeZone === undefined ? {} : { timeZone }) }).format(
        new Date(iso),
      );
    return {
      /** `2026-03-31` as a day, whatever the zone. */
      day: (date: string) => new Intl.DateTimeFormat(locale, { ...DAY, timeZone: 'UTC' }).format(new Date(date)),
      shortDay: (date: string) =>
        new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(date)),
      /** `2026-03-01` as its month and year. */
      month: (date: string) =>
        new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(date)),
      /** With its year where that is not the present one. */
      moment: (iso: string, timeZone?: string) =>
        moment(new Date(iso).getFullYear() === new Date().getFullYear() ? MOMENT : { ...MOMENT, year: 'numeric' })(
          iso,
          timeZone,
        ),
      /** The day of an instant, with its year. */
      date: moment(DAY),
      weekday: moment({ weekday: 'long', day: 'numeric', month: 'long' }),
      time: moment({ hour: '2-digit', minute: '2-digit' }),
      number: (value: number) => new Intl.NumberFormat(locale).format(value),
      /** 0.042 as 4.2 %. */
      share: (value: number) =>
        new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value),
      language: (tag: string) => new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag,
      // What a vendor's condition names need not be a country's code, and the browser throws at what has not the form of one.
      country: (code: string) =>
        /^[A-Za-z]{2}$/.test(code) ? (new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code) : code,
    };
  }, [locale]);
}
