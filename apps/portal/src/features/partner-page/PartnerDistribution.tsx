import { Button, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerView } from '#contracts';
import { useFieldErrors } from '../../shared/field-errors';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { Section } from '../../shared/Section';
import { useCan } from '../../shared/session';
import { saveDistribution, useDistributors } from './api';

/** What the partner is among distributors: none, one, or a partner of the distributor with this id. */
const NONE = 'none';
const APPROVALS = ['approved', 'automatic'] as const;
const isApproval = (place: string): place is (typeof APPROVALS)[number] => APPROVALS.some((one) => one === place);

/** Whether a partner brings partners, or which distributor brought it. */
export function PartnerDistribution({ partner }: { readonly partner: PartnerView }) {
  const { t } = useTranslation();
  const canEdit = useCan()('partners.edit') && partner.status !== 'ended';
  const { distributor, distributorId } = partner;
  const distributors = useDistributors();
  const above = distributors.data?.items.find(({ partnerId }) => partnerId === distributorId);
  return (
    <Section title={t('distributor.title')} text={t('distributor.why')}>
      {canEdit ? (
        <DistributionForm key={`${distributor?.approval} ${distributorId}`} partner={partner} />
      ) : (
        <Text size="sm">
          {distributor !== null
            ? t(`distributor.is.${distributor.approval}`)
            : above === undefined
              ? t('distributor.none')
              : t('distributor.of', { name: above.name })}
        </Text>
      )}
    </Section>
  );
}

function DistributionForm({ partner: { id, tier, region, ...partner } }: { readonly partner: PartnerView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const distributors = useDistributors();
  const form = useForm({
    initialValues: {
      place: partner.distributor?.approval ?? partner.distributorId ?? NONE,
      tier: partner.distributor?.tier ?? tier,
      region: partner.distributor?.region ?? region,
    },
  });
  const { place } = form.values;
  const save = useMutation({
    mutationFn: ({ place: chosen, ...given }: typeof form.values) =>
      saveDistribution(id, {
        terms: isApproval(chosen) ? { approval: chosen, ...given } : null,
        distributorId: isApproval(chosen) || chosen === NONE ? null : chosen,
      }),
    onSuccess: async () => {
      notifications.show({ color: 'teal', message: t('distributor.saved') });
      await invalidate(client, queryKeys.partners);
    },
  });
  const errors = useFieldErrors(save.error);
  const others = (distributors.data?.items ?? []).filter(({ partnerId }) => partnerId !== id);
  const wasDistributor = partner.distributor !== null && !isApproval(place);
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack>
        <NativeSelect
          label={t('distributor.place')}
          data={[
            { value: NONE, label: t('distributor.none') },
            ...APPROVALS.map((approval) => ({ value: approval, label: t(`distributor.is.${approval}`) })),
            ...others.map(({ partnerId, name }) => ({ value: partnerId, label: t('distributor.of', { name }) })),
          ]}
          {...form.getInputProps('place')}
          error={errors['distributorId']}
        />
        {place === 'automatic' && (
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label={t('distributor.tier')} required maxLength={60} {...form.getInputProps('tier')} />
            <TextInput label={t('distributor.region')} required maxLength={60} {...form.getInputProps('region')} />
          </SimpleGrid>
        )}
        {wasDistributor && <Text size="sm">{t('distributor.release')}</Text>}
        {Object.keys(errors).length === 0 && <ProblemNote error={save.error} />}
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t('distributor.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
