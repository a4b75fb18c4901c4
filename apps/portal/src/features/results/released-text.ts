import { useTranslation } from 'react-i18next';
import type { ReleasedNumber } from '#contracts';
import { useFormat } from '../../shared/format';

/**
 * Writes a released number with its margin, or that it is too small.
 */
export function useReleasedText(): (number: ReleasedNumber) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ value, margin, smallest }) =>
    value === null
      ? t('released.small', { smallest: format.number(smallest) })
      : t('released.number', { value: format.number(value), margin: format.number(margin) });
}
