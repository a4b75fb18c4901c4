import { Button, Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Amount, COST_TACTICS, type CostChoices, type CostView, MAX_COST } from '#contracts';
import { AmountFields } from '../../shared/AmountFields';
import { ProblemNote } from '../../shared/ProblemNote';
import { useReaderTitle } from '../../shared/reader-title';

/** What the form sends: every field of a cost. */
export interface CostInput {
  readonly description: string;
  readonly amount: Amount;
  readonly from: string;
  readonly to: string;
  readonly campaignId: string | null;
  readonly partnerId: string | null;
  readonly tactic: CostView['tactic'];
  readonly reference: string | null;
}

interface CostFormProps {
  /** Null: a new one. */
  readonly cost: CostView | null;
  readonly choices: CostChoices;
  /** Day that a new cost starts with. */
  readonly today: string;
  readonly isSaving: boolean;
  readonly error: unknown;
  readonly onSave: (input: CostInput) => void;
}

/** What was paid, for which days, and for which campaign, partner and tactic. */
export function CostForm({ cost, choices, today, isSaving, error, onSave }: CostFormProps) {
  const { t } = useTranslation();
  const [description, setDescription] = useState(cost?.description ?? '');
  const [amount, setAmount] = useState<Amount | null>(cost?.amount ?? null);
  const [days, setDays] = useState({ from: cost?.from ?? today, to: cost?.to ?? today });
  const [purpose, setPurpose] = useState<PurposeOf>({
    campaignId: cost?.campaignId ?? null,
    partnerId: cost?.partnerId ?? null,
    tactic: cost?.tactic ?? null,
  });
  const [reference, setReference] = useState(cost?.reference ?? '');
  const save = () => {
    if (amount === null) return;
    onSave({ description, amount, ...days, ...purpose, reference: reference === '' ? null : reference });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack>
        <TextInput
          label={t('costs.description')}
          description={t('costs.descriptionHow')}
          required
          maxLength={200}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <AmountFields amount={amount} onAmount={setAmount} isRequired max={MAX_COST} />
        <Days days={days} onDays={setDays} />
        <Purpose purpose={purpose} choices={choices} onPurpose={setPurpose} />
        <TextInput
          label={t('costs.reference')}
          description={t('costs.referenceHow')}
          maxLength={100}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <ProblemNote error={error} />
        <Group justify="flex-end">
          <Button type="submit" loading={isSaving} disabled={amount === null}>
            {t('costs.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface DaysProps {
  readonly days: { readonly from: string; readonly to: string };
  readonly onDays: (days: DaysProps['days']) => void;
}

/** The first and last day that a cost pays for. */
function Days({ days, onDays }: DaysProps) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <TextInput
        type="date"
        label={t('costs.from')}
        required
        value={days.from}
        // A later first day takes the last one along.
        onChange={({ currentTarget: { value } }) => onDays({ from: value, to: days.to < value ? value : days.to })}
      />
      <TextInput
        type="date"
        label={t('costs.to')}
        required
        min={days.from}
        value={days.to}
        onChange={(event) => onDays({ ...days, to: event.currentTarget.value })}
      />
    </SimpleGrid>
  );
}

type PurposeOf = Pick<CostInput, 'campaignId' | 'partnerId' | 'tactic'>;

interface PurposeProps {
  readonly purpose: PurposeOf;
  readonly choices: CostChoices;
  readonly onPurpose: (purpose: PurposeOf) => void;
}

/** Campaign, partner and tactic; each can be left open. */
function Purpose({ purpose, choices, onPurpose }: PurposeProps) {
  const { t } = useTranslation();
  const readerTitle = useReaderTitle();
  return (
    <>
      <NativeSelect
        label={t('costs.campaign')}
        value={purpose.campaignId ?? ''}
        data={[
          { value: '', label: t('costs.noCampaign') },
          ...choices.campaigns.map((one) => ({ value: one.id, label: readerTitle(one) })),
        ]}
        onChange={({ currentTarget: { value } }) => onPurpose({ ...purpose, campaignId: value === '' ? null : value })}
      />
      {choices.partners.length > 0 && (
        <NativeSelect
          label={t('costs.partner')}
          value={purpose.partnerId ?? ''}
          data={[
            { value: '', label: t('costs.noPartner') },
            ...choices.partners.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={({ currentTarget: { value } }) => onPurpose({ ...purpose, partnerId: value === '' ? null : value })}
        />
      )}
      <NativeSelect
        label={t('costs.tactic')}
        value={purpose.tactic ?? ''}
        data={[
          { value: '', label: t('costs.noTactic') },
          ...COST_TACTICS.map((value) => ({ value, label: t(`costs.tactics.${value}`) })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          onPurpose({ ...purpose, tactic: COST_TACTICS.find((one) => one === value) ?? null })
        }
      />
    </>
  );
}
