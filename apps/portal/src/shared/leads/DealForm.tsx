import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ChangeDeal, DEAL_STAGES, LOST_REASONS, MAX_DEAL } from '#contracts';
import { AmountFields } from '../AmountFields';
import { type DealEntry, dealChanges } from './deal-changes';

interface DealFormProps extends DealEntry {
  readonly isSaving: boolean;
  readonly onSave: (change: ChangeDeal) => void;
}

/** Amount, expected decision and stage of a deal; of a lost one the reason. */
export function DealForm({ amount, expectedOn, stage, lostReason, isSaving, onSave }: DealFormProps) {
  const { t } = useTranslation();
  // As it was when the form opened: the deal may be read again while somebody types.
  const [opened] = useState<DealEntry>({ amount, expectedOn, stage, lostReason });
  const [entered, setEntered] = useState(opened);
  const enter = (part: Partial<DealEntry>) => setEntered((known) => ({ ...known, ...part }));
  const save = () => onSave(dealChanges(opened, entered));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack>
        <AmountFields amount={opened.amount} onAmount={(next) => enter({ amount: next })} max={MAX_DEAL} />
        <TextInput
          type="date"
          label={t('deals.expectedOn')}
          description={t('deals.expectedOnHow')}
          value={entered.expectedOn ?? ''}
          onChange={({ currentTarget: { value } }) => enter({ expectedOn: value === '' ? null : value })}
        />
        <NativeSelect
          label={t('deals.stage')}
          value={entered.stage}
          data={DEAL_STAGES.map((value) => ({ value, label: t(`deals.stages.${value}`) }))}
          onChange={({ currentTarget: { value } }) =>
            enter({ stage: DEAL_STAGES.find((one) => one === value) ?? entered.stage })
          }
        />
        {entered.stage === 'lost' && (
          <NativeSelect
            label={t('deals.lostReason')}
            value={entered.lostReason ?? ''}
            data={[
              { value: '', label: t('deals.noReason') },
              ...LOST_REASONS.map((value) => ({ value, label: t(`deals.reasons.${value}`) })),
            ]}
            onChange={({ currentTarget: { value } }) =>
              enter({ lostReason: LOST_REASONS.find((one) => one === value) ?? null })
            }
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
