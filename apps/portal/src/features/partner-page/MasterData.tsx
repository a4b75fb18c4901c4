import { Autocomplete, Button, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerView } from '#contracts';
import { useDraftForm } from '../../shared/draft-form';
import { useFieldErrors } from '../../shared/field-errors';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { RestoredDraftNote } from '../../shared/RestoredDraftNote';
import { Section } from '../../shared/Section';
import { useCan } from '../../shared/session';
import { useTierRules } from '../../shared/requests';
import { saveMasterData, usePartnerTraits } from './api';

/** Tier, region and external ID of a partner. Partner groups use the first two. */
export function MasterData({ partner: { id, name, status, ...partner } }: { readonly partner: PartnerView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const canEdit = useCan()('partners.manage') && status !== 'ended';
  const traits = usePartnerTraits();
  const isTierByRule = useTierRules().data?.isOn === true && status === 'active';
  const { form, isUnsaved, forget, discard } = useDraftForm({
    about: `partner data ${id}`,
    saved: { tier: partner.tier, region: partner.region, externalId: partner.externalId ?? '' },
  });
  const save = useMutation({
    mutationFn: ({ externalId, ...rest }: typeof form.values) =>
      saveMasterData(id, { ...rest, externalId: externalId.trim() === '' ? null : externalId }),
    onSuccess: async () => {
      notifications.show({ color: 'teal', message: t('partnerPage.saved', { name }) });
      forget();
      await invalidate(client, queryKeys.partners, queryKeys.partnerGroups);
    },
  });
  const errors = useFieldErrors(save.error);
  const field = (one: 'tier' | 'region' | 'externalId') => ({
    ...form.getInputProps(one),
    error: errors[one],
    disabled: !canEdit,
  });
  return (
    <Section title={t('partnerPage.data')} text={t('partnerPage.dataWhy')}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          <SimpleGrid cols={{ base: 1, sm: 3 }} style={{ alignItems: 'start' }}>
            <Autocomplete
              label={t('partners.tier')}
              required
              maxLength={60}
              data={traits.data?.tiers ?? []}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              {...field('tier')}
              {...(isTierByRule ? { disabled: true, description: t('tiers.fieldByRule') } : {})}
            />
            <Autocomplete
              label={t('partners.region')}
              required
              maxLength={60}
              data={traits.data?.regions ?? []}
              {...field('region')}
            />
            <TextInput
              label={t('partnerPage.externalId')}
              description={t('partnerPage.externalIdHow')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              maxLength={100}
              {...field('externalId')}
            />
          </SimpleGrid>
          {Object.keys(errors).length === 0 && <ProblemNote error={save.error} />}
          <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />
          {canEdit && (
            <Group>
              <Button type="submit" loading={save.isPending}>
                {t('partnerPage.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Section>
  );
}
