import { Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Amount } from '#contracts';
import { useCurrencies } from './currencies';
import { CurrencySelect } from './CurrencySelect';
import { digitsOf, formatMoney, toMinorUnits } from './money';
import { NumberField } from './NumberField';
import { useUserLocale } from './user-locale';

interface AmountFieldsProps {
  readonly amount: Amount | null;
  /** Null: not known. */
  readonly onAmount: (amount: Amount | null) => void;
  readonly isRequired?: boolean;
  /** In the currency's smallest unit. */
  readonly max: number;
  /** What the API says of it. */
  readonly error?: string | undefined;
}

/** Amount and currency, and the amount as it will be saved. */
export function AmountFields({ amount, onAmount, isRequired = false, max, error }: AmountFieldsProps) {
  const { t } = useTranslation();
  const locale = useUserLocale();
  const { usual } = useCurrencies();
  const [chosen, setChosen] = useState<string | null>(amount?.currency ?? null);
  const currency = chosen ?? usual;
  const [value, setValue] = useState<number | ''>(amount === null ? '' : amount.minorUnits / 10 ** digitsOf(currency));
  const [isValid, setValid] = useState(true);
  const amountOf = (units: number | '', code: string): Amount | null =>
    units === '' ? null : { minorUnits: toMinorUnits(units, code), currency: code };
  const shown = amountOf(value, currency);
  return (
    <Stack gap={4}>
      <Group align="flex-start" wrap="nowrap">
        <NumberField
          label={t('leads.amount')}
          required={isRequired}
          min={isRequired ? 1 / 10 ** digitsOf(currency) : 0}
          max={max / 10 ** digitsOf(currency)}
          decimals={digitsOf(currency)}
          currency={currency}
          value={value}
          error={error}
          onChange={(units) => {
            setValue(units);
            // The usual one may be known only now: the amount keeps the one that was shown.
            setChosen(currency);
            onAmount(amountOf(units, currency));
          }}
          onValidity={setValid}
          style={{ flexGrow: 1 }}
        />
        <CurrencySelect
          value={currency}
          onChange={(code) => {
            setChosen(code);
            onAmount(amountOf(value, code));
          }}
        />
      </Group>
      <Text size="sm" role="status">
        {isValid && shown !== null && t('leads.amountIs', { amount: formatMoney(locale, shown) })}
      </Text>
    </Stack>
  );
}
