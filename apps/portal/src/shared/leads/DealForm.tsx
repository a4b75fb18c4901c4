import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Amount,
  type ChangeDeal,
  DEAL_STAGES,
  type DealStage,
  LOST_REASONS,
  type LostReason,
  MAX_DEAL,
} from '#contracts';
import { AmountFields } from '../AmountFields';

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
        <AmountFields amount={amount} onAmount={setAmount} max={MAX_DEAL} />
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
