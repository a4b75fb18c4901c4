import { Alert, Button, NativeSelect, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DatePickerInput } from '../../shared/dates';
import { useDraftForm } from '../../shared/draft-form';
import { useFieldErrors } from '../../shared/field-errors';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { useTierRules } from '../../shared/requests';
import { RestoredDraftNote } from '../../shared/RestoredDraftNote';
import { setTier } from './api';

interface SetTierFormProps {
  readonly partnerId: string;
  /** The one that the partner has. */
  readonly tier: string;
  readonly onSet: () => void;
}

/** Asks for tier, reason and last day. */
export function SetTierForm({ partnerId, tier, onSet }: SetTierFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const names = (useTierRules().data?.tiers ?? []).map(({ name }) => name);
  const { form, isUnsaved, forget, discard } = useDraftForm({
    about: `manual tier ${partnerId}`,
    saved: { tier, reason: '', untilOn: null as string | null },
  });
  const set = useMutation({
    mutationFn: (values: typeof form.values) => setTier(partnerId, values),
    onSuccess: async () => {
      forget();
      onSet();
      await invalidate(client, queryKeys.partners, queryKeys.partnerGroups, queryKeys.tiers);
    },
  });
  const errors = useFieldErrors(set.error);
  return (
    <form onSubmit={form.onSubmit((values) => set.mutate(values))}>
      <Stack>
        <Alert color="blue">{t('tiers.setWhy')}</Alert>
        <NativeSelect
          label={t('tiers.name')}
          data={names.includes(form.values.tier) ? names : ['', ...names]}
          {...form.getInputProps('tier')}
          error={errors['tier']}
        />
        <Textarea
          label={t('tiers.reason')}
          description={t('tiers.reasonWhy')}
          required
          maxLength={300}
          {...form.getInputProps('reason')}
          error={errors['reason']}
        />
        <DatePickerInput
          label={t('tiers.until')}
          description={t('tiers.untilHow')}
          clearable
          clearButtonProps={{ 'aria-label': t('tiers.clearUntil') }}
          {...form.getInputProps('untilOn')}
          error={errors['untilOn']}
        />
        {Object.keys(errors).length === 0 && <ProblemNote error={set.error} />}
        <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />
        <Button type="submit" loading={set.isPending}>
          {t('tiers.setIt')}
        </Button>
      </Stack>
    </form>
  );
}
