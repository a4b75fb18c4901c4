import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DealView } from '#contracts';
import { formatMoney } from '../money';
import { useUserLocale } from '../user-locale';

interface DealAmountProps {
  readonly deal: Pick<DealView, 'amount' | 'refundedMinor'>;
}

/** What a deal is worth, and how much of it was refunded, in a cell of a table. */
export function DealAmount({ deal: { amount, refundedMinor } }: DealAmountProps) {
  const { t } = useTranslation();
  const locale = useUserLocale();
  if (amount === null) return '–';
  return (
    <>
      {formatMoney(locale, amount)}
      {refundedMinor > 0 && (
        <Text size="xs" c="dimmed">
          {t('deals.refunded', { amount: formatMoney(locale, { ...amount, minorUnits: refundedMinor }) })}
        </Text>
      )}
    </>
  );
}
