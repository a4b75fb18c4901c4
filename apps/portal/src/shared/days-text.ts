import { useTranslation } from 'react-i18next';
import { useFormat } from './format';

/** Days from one to another, both included, in words; a single one by itself. */
export function useDays(): (range: { readonly from: string; readonly to: string }) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ from, to }) =>
    from === to ? format.day(from) : t('choices.days', { from: format.day(from), to: format.day(to) });
}
