import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ChangeDeal, DEAL_STAGES, LOST_REASONS, MAX_DEAL } from '#contracts';
import { AmountFields } from '../AmountFields';
import { useFieldErrors } from '../field-errors';
import { ProblemNote } from '../ProblemNote';
import { type DealEntry, dealChanges, type EditedDeal, isClosed, typedOver } from './deal-changes';
import { DealProducts } from './DealProducts';
import { useOverdueDeals } from './overdue-deals';
import { meanwhileChanges, StaleDeal } from './StaleDeal';

interface DealFormProps {
  readonly deal: EditedDeal;
  readonly isSaving: boolean;
  /** Of the last attempt to save. */
  readonly error: unknown;
  /** Called with the version on which the change is based. */
  readonly onSave: (change: ChangeDeal, version: number) => void;
}

/** Fields that show what the API says of them. */
const FIELDS = ['amount', 'stage', 'expectedOn', 'closedOn', 'lostReason', 'products'] as const;

/** Amount and stage of a deal; then the day of its decision, and what is sold. */
export function DealForm({ deal, isSaving, error, onSave }: DealFormProps) {
  const { t } = useTranslation();
  // As it was when the form opened: the deal may be read again while the user types.
  const [opened, setOpened] = useState(deal);
  const [entered, setEntered] = useState<DealEntry>(opened);
  const today = useOverdueDeals().data?.today ?? null;
  const [isDayCleared, setDayCleared] = useState(false);
  // The note is read, and what it told is in the form.
  const [reloadedAfter, setReloadedAfter] = useState<unknown>(null);
  const enter = (part: Partial<DealEntry>) => {
    setEntered((known) => ({ ...known, ...part }));
    if (part.closedOn !== undefined) setDayCleared(part.closedOn === null);
  };
  const isNewlyClosed = isClosed(entered.stage) && entered.stage !== opened.stage;
  // Today may be known only after the stage is chosen.
  const shown = isNewlyClosed && !isDayCleared ? { ...entered, closedOn: entered.closedOn ?? today } : entered;
  const errors = useDealErrors(error);
  const others = meanwhileChanges(error);
  const reload = () => {
    setEntered(typedOver(opened, shown, deal));
    setOpened(deal);
    setReloadedAfter(error);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave(dealChanges(opened, shown), opened.version);
      }}
    >
      <Stack>
        {others !== null && error !== reloadedAfter && (
          <StaleDeal changes={others} onReload={deal.version === opened.version ? null : reload} />
        )}
        <AmountFields
          // It holds what is typed, which other values replace.
          key={`amount ${opened.version}`}
          amount={entered.amount}
          onAmount={(amount) => enter({ amount })}
          max={MAX_DEAL}
          error={errors.amount}
        />
        <NativeSelect
          label={t('deals.stage')}
          value={entered.stage}
          error={errors.stage}
          data={DEAL_STAGES.map((value) => ({ value, label: t(`deals.stages.${value}`) }))}
          onChange={({ currentTarget: { value } }) => {
            enter({ stage: DEAL_STAGES.find((one) => one === value) ?? entered.stage });
            setDayCleared(false);
          }}
        />
        <DecisionFields entered={shown} errors={errors} today={today} onEnter={enter} />
        <DealProducts
          // Products that another user has added are shown, too.
          key={`products ${opened.version}`}
          products={entered.products}
          error={errors.products}
          onProducts={(products) => enter({ products })}
        />
        {Object.keys(errors).length === 0 && others === null && <ProblemNote error={error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={isSaving}>
            {t('deals.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type DealErrors = Readonly<Partial<Record<(typeof FIELDS)[number], string>>>;

/** Errors of the fields of this form. That of one product is shown at all of them. */
function useDealErrors(error: unknown): DealErrors {
  const errors = Object.entries(useFieldErrors(error));
  const found = FIELDS.flatMap((field) => {
    const [, text] = errors.find(([name]) => name.split('.')[0] === field) ?? [];
    return text === undefined ? [] : [[field, text] as const];
  });
  return Object.fromEntries(found);
}

interface DecisionFieldsProps {
  readonly entered: DealEntry;
  readonly errors: DealErrors;
  /** In the time zone of the partner; null: not read yet. */
  readonly today: string | null;
  readonly onEnter: (part: Partial<DealEntry>) => void;
}

/** When an open deal should be decided, or when it was; of a lost one the reason, too. */
function DecisionFields({ entered, errors, today, onEnter }: DecisionFieldsProps) {
  const { t } = useTranslation();
  const { stage, expectedOn, closedOn, lostReason } = entered;
  const dayOf = (value: string) => (value === '' ? null : value);
  if (!isClosed(stage))
    return (
      <TextInput
        type="date"
        label={t('deals.expectedOn')}
        description={t('deals.expectedOnHow')}
        value={expectedOn ?? ''}
        error={errors.expectedOn}
        onChange={({ currentTarget: { value } }) => onEnter({ expectedOn: dayOf(value) })}
      />
    );
  return (
    <>
      <TextInput
        type="date"
        label={t('deals.closedOn')}
        description={t('deals.closedOnHow')}
        required
        {...(today === null ? {} : { max: today })}
        value={closedOn ?? ''}
        error={errors.closedOn}
        onChange={({ currentTarget: { value } }) => onEnter({ closedOn: dayOf(value) })}
      />
      {stage === 'lost' && (
        <NativeSelect
          label={t('deals.lostReason')}
          value={lostReason ?? ''}
          error={errors.lostReason}
          data={[
            { value: '', label: t('deals.noReason') },
            ...LOST_REASONS.map((value) => ({ value, label: t(`deals.reasons.${value}`) })),
          ]}
          onChange={({ currentTarget: { value } }) =>
            onEnter({ lostReason: LOST_REASONS.find((one) => one === value) ?? null })
          }
        />
      )}
    </>
  );
}
