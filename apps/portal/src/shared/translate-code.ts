import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { moneyText } from '#contracts';

/**
 * Kinds of API texts that are translated by their code: the files in
 * `locales/<language>/api`.
 */
export type CodeNamespace = 'reasons' | 'vendorReasons' | 'problems' | 'missing' | 'values';

type Values = Readonly<Record<string, unknown>>;

/**
 * Translated text of a code with its values; `amount` is that of `minorUnits`
 * and `currency`.
 * The API's English text if there is no translation.
 */
export function useTranslateCode(): (kind: CodeNamespace, code: string, english: string, named?: Values) => string {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useCallback(
    (kind, code, english, named = {}) => {
      const found: unknown = i18n.getResource(language, kind, code, { keySeparator: false });
      if (typeof found !== 'string') return english;
      const { minorUnits, currency } = named;
      const values = Object.entries(named).map(([name, value]): [string, unknown] => [
        name,
        formatValue(value, language),
      ]);
      if (typeof minorUnits === 'number' && typeof currency === 'string')
        values.push(['amount', moneyText(language, { minorUnits, currency })]);
      return i18n.services.interpolator.interpolate(found, Object.fromEntries<unknown>(values), language, {});
    },
    [i18n, language],
  );
}

const formatValue = (value: unknown, language: string): unknown =>
  typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;
