import { Button, Group, List, Paper, SimpleGrid, Stack, Title } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Retention, RetentionOutlook, StoredRetention } from '#contracts';
import { useDraftForm } from '../../shared/draft-form';
import { useCan } from '../../shared/session';
import { Confirm } from '../../shared/Confirm';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { RestoredDraftNote } from '../../shared/RestoredDraftNote';
import { DeletionForecast, useDeletionText } from './DeletionForecast';
import { limits } from './retention-limits';
import { saveRetention, useRetention, useRetentionOutlook, privacyKeys } from './api';
import { NumberField } from '../../shared/NumberField';

/** Wait for the end of typing before asking for the count. */
const TYPING_MS = 300;

/** A partner's retention periods, with a forecast of deletions. */
export function RetentionPeriods() {
  const periods = useRetention();
  return (
    <Loaded query={periods} height={360}>
      {(loaded) => <PeriodsForm periods={loaded} key={JSON.stringify(loaded)} />}
    </Loaded>
  );
}

const isWithin = (value: unknown, { min, max }: { readonly min: number; readonly max: number }): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;

function PeriodsForm({ periods }: { readonly periods: StoredRetention }) {
  const { t } = useTranslation();
  const canEdit = useCan()('contacts.edit');
  const { version, inactiveContactMonths, importReportDays } = periods;
  const saved: Retention = { inactiveContactMonths, importReportDays };
  const { form, isUnsaved, forget, discard } = useDraftForm({ about: 'retention', saved });
  const [wrong, setWrong] = useState<readonly (keyof Retention)[]>([]);
  const setValidity = (field: keyof Retention, isValid: boolean) =>
    setWrong((fields) => [...fields.filter((one) => one !== field), ...(isValid ? [] : [field])]);
  const { outlook, isCounted: isCountedForValues } = useOutlook(form.values);
  const isCounted = isCountedForValues && wrong.length === 0;
  const save = useSavePeriods(version, form.values, forget);
  const contacts = outlook.data?.atNextRun.contacts ?? 0;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="retention">
      <Stack>
        <Title order={2} size="h3" id="retention">
          {t('privacy.keep.title')}
        </Title>
        <PeriodFields form={form} readOnly={!canEdit} onValidity={setValidity} />
        <Loaded query={outlook} height={96}>
          {(loaded) => <DeletionForecast outlook={loaded} />}
        </Loaded>
        <List size="sm" spacing={4} c="dimmed">
          <List.Item>{t('privacy.keep.open')}</List.Item>
          <List.Item>{t('privacy.keep.stays')}</List.Item>
        </List>
        {contacts === 0 && <ProblemNote error={save.error} />}
        {canEdit && <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />}
        {canEdit && (
          <Group justify="flex-end">
            {contacts > 0 && form.isDirty() && outlook.data !== undefined ? (
              <ConfirmDeletions outlook={outlook.data} disabled={!isCounted} onConfirm={() => save.mutateAsync()} />
            ) : (
              <Button loading={save.isPending} disabled={!form.isDirty() || !isCounted} onClick={() => save.mutate()}>
                {t('privacy.save')}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

/** Forecast of deletions, for the values after a pause in typing. */
function useOutlook(values: Retention) {
  const [asked] = useDebouncedValue(values, TYPING_MS);
  const isAskable =
    isWithin(asked.inactiveContactMonths, limits.inactiveContactMonths) &&
    isWithin(asked.importReportDays, limits.importReportDays);
  const outlook = useRetentionOutlook(asked, { enabled: isAskable, placeholderData: keepPreviousData });
  const isSettled =
    asked.inactiveContactMonths === values.inactiveContactMonths && asked.importReportDays === values.importReportDays;
  /** Whether the forecast is for the current values. */
  const isCounted = isAskable && isSettled && outlook.data !== undefined && !outlook.isPlaceholderData;
  return { outlook, isCounted };
}

function useSavePeriods(version: string, values: Retention, onSaved: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => saveRetention(version, values),
    onSuccess: (saved) => {
      onSaved();
      client.setQueryData(privacyKeys.retention, saved);
      notifications.show({ color: 'teal', message: t('privacy.saved') });
    },
  });
}

interface PeriodFieldsProps {
  readonly form: UseFormReturnType<Retention>;
  readonly readOnly: boolean;
  readonly onValidity: (field: keyof Retention, isValid: boolean) => void;
}

function PeriodFields({ form, readOnly, onValidity }: PeriodFieldsProps) {
  const { t } = useTranslation();
  const { inactiveContactMonths, importReportDays } = limits;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <NumberField
        label={t('privacy.keep.quiet')}
        description={t('privacy.keep.quietHow', inactiveContactMonths)}
        unit={t('privacy.keep.months')}
        {...inactiveContactMonths}
        readOnly={readOnly}
        onValidity={(isValid) => onValidity('inactiveContactMonths', isValid)}
        {...form.getInputProps('inactiveContactMonths')}
      />
      <NumberField
        label={t('privacy.keep.reports')}
        description={t('privacy.keep.reportsHow', importReportDays)}
        unit={t('privacy.keep.days')}
        {...importReportDays}
        readOnly={readOnly}
        onValidity={(isValid) => onValidity('importReportDays', isValid)}
        {...form.getInputProps('importReportDays')}
      />
    </SimpleGrid>
  );
}

interface ConfirmDeletionsProps {
  readonly outlook: RetentionOutlook;
  readonly disabled: boolean;
  readonly onConfirm: () => Promise<unknown>;
}

/** Saves after a question, because the next run deletes contacts. */
function ConfirmDeletions({ outlook, disabled, onConfirm }: ConfirmDeletionsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const deletionText = useDeletionText();
  return (
    <Confirm label={t('privacy.save')} question={t('privacy.keep.sure')} disabled={disabled} onConfirm={onConfirm}>
      {t('privacy.keep.sureText', {
        contacts: deletionText.contacts(outlook.atNextRun.contacts, outlook.most),
        at: format.moment(outlook.nextRunAt),
      })}
    </Confirm>
  );
}
