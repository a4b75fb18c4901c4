import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Amount } from '#contracts';
import { digitsOf, formatMoney, toMinorUnits } from '../../shared/money';
import { NumberField } from '../../shared/NumberField';
import { useUserLocale } from '../../shared/user-locale';

interface RefundFormProps {
  /** What can be refunded at most. */
  readonly left: Amount;
  readonly isSaving: boolean;
  /** In the currency's smallest unit. */
  readonly onSave: (minorUnits: number) => void;
}

/** What a customer gets back of a won deal. */
export function RefundForm({ left, isSaving, onSave }: RefundFormProps) {
  const { t } = useTranslation();
  const locale = useUserLocale();
  const { currency } = left;
  const [value, setValue] = useState<number | ''>('');
  const least = { minorUnits: 1, currency };
  if (left.minorUnits <= 0) return <Text size="sm">{t('deals.refundNothingLeft')}</Text>;
  const missing = t('deals.refundMissing', { least: formatMoney(locale, least), left: formatMoney(locale, left) });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== '') onSave(toMinorUnits(value, currency));
      }}
    >
      <Stack>
        <Text size="sm">{t('deals.refundHow', { left: formatMoney(locale, left) })}</Text>
        <NumberField
          label={t('deals.refundAmount', { currency })}
          required
          // Of an amount out of range, the field says why.
          description={value === '' ? missing : undefined}
          min={1 / 10 ** digitsOf(currency)}
          max={left.minorUnits / 10 ** digitsOf(currency)}
          decimals={digitsOf(currency)}
          currency={currency}
          value={value}
          onChange={setValue}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={isSaving}>
            {t('deals.refund')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
