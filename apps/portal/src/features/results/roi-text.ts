import { useTranslation } from 'react-i18next';
import type { Returns } from '#contracts';
import { useUserLocale } from '../../shared/user-locale';

/** Open amounts for each unit of costs: `3.25 ×`; a dash without one. */
export function useRatioText(): (ratio: number | null) => string {
  const { t } = useTranslation();
  const locale = useUserLocale();
  return (ratio) =>
    ratio === null
      ? '–'
      : t('returns.ratio', { ratio: new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(ratio) });
}

/** A return on investment in percent: `+250 %`; a dash without one. */
export function useRoiText(): (returns: Pick<Returns, 'roi' | 'withoutRoi'>) => string {
  const { t } = useTranslation();
  const locale = useUserLocale();
  return ({ roi, withoutRoi }) => {
    if (withoutRoi === 'currencies') return t('returns.severalCurrencies');
    if (roi === null) return '–';
    const format = new Intl.NumberFormat(locale, {
      style: 'percent',
      maximumFractionDigits: 0,
      signDisplay: 'exceptZero',
    });
    return format.format(roi);
  };
}
