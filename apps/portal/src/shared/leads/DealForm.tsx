import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Amount, type ChangeDeal, DEAL_STAGES, type DealStage, LOST_REASONS, type LostReason } from '#contracts';
import { CURRENCIES, digitsOf, formatMoney, toMinorUnits } from '../money';
import { NumberField } from '../NumberField';
import { useUserLocale } from '../user-locale';

const MAX_AMOUNT = 1_000_000_000;

interface DealFormProps {
  readonly amount: Amount | null;
  readonly expectedOn: string | null;
  readonly stage: DealStage;
  readonly isSaving: boolean;
  readonly onSave: (change: ChangeDeal) => void;
}

/** Amount, expected decision and stage of a deal; of a lost one the reason. */
export function DealForm({ amount, expectedOn, stage, isSaving, onSave }: DealFormProps) {
  const { t } = useTranslation();
  const [next, setAmount] = useState(amount);
  const [day, setDay] = useState(expectedOn ?? '');
  const [chosen, setStage] = useState<DealStage>(stage);
  const [reason, setReason] = useState<LostReason | ''>('');
  // Only what was changed, so that another person's change of the rest stays.
  const save = () =>
    onSave({
      stage: chosen,
      ...(isSame(next, amount) ? {} : { amount: next }),
      ...(day === (expectedOn ?? '') ? {} : { expectedOn: day === '' ? null : day }),
      ...(chosen === 'lost' && reason !== '' ? { lostReason: reason } : {}),
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack>
        <AmountFields amount={amount} onAmount={setAmount} />
        <TextInput
          type="date"
          label={t('deals.expectedOn')}
          description={t('deals.expectedOnHow')}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('deals.stage')}
          value={chosen}
          data={DEAL_STAGES.map((value) => ({ value, label: t(`deals.stages.${value}`) }))}
          onChange={(event) => setStage(DEAL_STAGES.find((one) => one === event.currentTarget.value) ?? chosen)}
        />
        {chosen === 'lost' && (
          <NativeSelect
            label={t('deals.lostReason')}
            value={reason}
            data={[
              { value: '', label: t('deals.noReason') },
              ...LOST_REASONS.map((value) => ({ value, label: t(`deals.reasons.${value}`) })),
            ]}
            onChange={(event) => setReason(LOST_REASONS.find((one) => one === event.currentTarget.value) ?? '')}
          />
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={isSaving}>
            {t('deals.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const isSame = (one: Amount | null, other: Amount | null): boolean =>
  one?.minorUnits === other?.minorUnits && one?.currency === other?.currency;

interface AmountFieldsProps {
  readonly amount: Amount | null;
  /** Null: not known. */
  readonly onAmount: (amount: Amount | null) => void;
}

/** Amount and currency, and the amount as it will be saved. */
function AmountFields({ amount, onAmount }: AmountFieldsProps) {
  const { t } = useTranslation();
  const locale = useUserLocale();
  const [currency, setCurrency] = useState<string>(amount?.currency ?? CURRENCIES[0]);
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
          min={0}
          max={MAX_AMOUNT}
          decimals={digitsOf(currency)}
          currency={currency}
          value={value}
          onChange={(units) => {
            setValue(units);
            onAmount(amountOf(units, currency));
          }}
          onValidity={setValid}
          style={{ flexGrow: 1 }}
        />
        <NativeSelect
          label={t('leads.currency')}
          value={currency}
          data={[...new Set([currency, ...CURRENCIES])]}
          onChange={(event) => {
            setCurrency(event.currentTarget.value);
            onAmount(amountOf(value, event.currentTarget.value));
          }}
        />
      </Group>
      <Text size="sm" role="status">
        {isValid && shown !== null && t('leads.amountIs', { amount: formatMoney(locale, shown) })}
      </Text>
    </Stack>
  );
}
