import { useTranslation } from 'react-i18next';
import { useFormat } from './format';

/**
 * Text of a range of days, both included.
 * A single day is written alone.
 */
export function useDays(): (range: { readonly from: string; readonly to: string }) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ from, to }) =>
    from === to ? format.day(from) : t('choices.days', { from: format.day(from), to: format.day(to) });
}
