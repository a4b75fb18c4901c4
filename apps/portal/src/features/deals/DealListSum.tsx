import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAmountText } from '../../shared/money';
import { useDealListSums } from './api';

/** What the deals of the list add up to, also those that are not loaded yet. Nothing for an empty list. */
export function DealListSum({ query }: { readonly query: string }) {
  const { t } = useTranslation();
  const amountText = useAmountText();
  const asked = new URLSearchParams(query);
  asked.delete('sort');
  const sums = useDealListSums(asked.toString());
  if (sums.data === undefined || sums.data.deals === 0) return null;
  const { deals, amounts } = sums.data;
  return (
    <Text size="sm" role="status">
      {t('deals.sum', { count: deals, amounts: amountText(amounts) || '–' })}
    </Text>
  );
}
