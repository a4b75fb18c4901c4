import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Amount } from '#contracts';
import { CURRENCIES, digitsOf, formatMoney, toMinorUnits } from '../../shared/money';
import { NumberField } from '../../shared/NumberField';
import { useUserLocale } from '../../shared/user-locale';

const MAX_AMOUNT = 1_000_000_000;

interface AmountFormProps {
  readonly amount: Amount | null;
  readonly how: string;
  readonly label: string;
  readonly isSaving: boolean;
  /** Null: unknown. */
  readonly onSave: (amount: Amount | null) => void;
}

/** The value of a deal. Shows the amount as it will be saved. */
export function AmountForm({ amount, how, label, isSaving, onSave }: AmountFormProps) {
  const { t } = useTranslation();
  const locale = useUserLocale();
  const [currency, setCurrency] = useState(amount?.currency ?? CURRENCIES[0]);
  const [value, setValue] = useState<number | ''>(amount === null ? '' : amount.minorUnits / 10 ** digitsOf(currency));
  const [isValid, setValid] = useState(true);
  const next = value === '' ? null : { minorUnits: toMinorUnits(value, currency), currency };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave(next);
      }}
    >
      <Stack>
        <Text size="sm">{how}</Text>
        <Group align="flex-start" wrap="nowrap">
          <NumberField
            label={t('leads.amount')}
            min={0}
            max={MAX_AMOUNT}
            decimals={digitsOf(currency)}
            currency={currency}
            value={value}
            onChange={setValue}
            onValidity={setValid}
            style={{ flexGrow: 1 }}
          />
          <NativeSelect
            label={t('leads.currency')}
            value={currency}
            data={[...new Set([currency, ...CURRENCIES])]}
            onChange={(event) => setCurrency(event.currentTarget.value)}
          />
        </Group>
        <Text size="sm" role="status">
          {isValid && next !== null && t('leads.amountIs', { amount: formatMoney(locale, next) })}
        </Text>
        <Group justify="flex-end">
          <Button type="submit" loading={isSaving}>
            {label}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
