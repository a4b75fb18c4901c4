import { useTranslation } from 'react-i18next';
import type { AttributeOfPartner, AttributeValue } from '#contracts';
import { useFormat } from '../format';

/** A value as a reader sees it. */
export function useValueText(): (
  attribute: Pick<AttributeOfPartner, 'kind' | 'options'>,
  value: AttributeValue,
) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ kind, options }, value) => {
    const labelOf = (key: string): string => options.find((option) => option.key === key)?.label ?? key;
    if (typeof value === 'string') return kind === 'date' ? format.date(value) : labelOf(value);
    if (typeof value === 'number') return format.number(value);
    if (typeof value === 'boolean') return t(value ? 'attributes.yes' : 'attributes.no');
    if (Array.isArray(value)) return value.map(labelOf).join(', ');
    const until =
      value.expiresOn === null
        ? t('attributes.certifiedAlways')
        : t('attributes.certifiedUntil', { day: format.date(value.expiresOn) });
    return value.number === null ? until : `${value.number}, ${until}`;
  };
}
