import { Alert, Button, SimpleGrid, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerLine } from '#contracts';
import { useDraftForm } from '../../shared/draft-form';
import { useFieldErrors } from '../../shared/field-errors';
import { ProblemNote } from '../../shared/ProblemNote';
import { Dialog } from '../../shared/Dialog';
import { RestoredDraftNote } from '../../shared/RestoredDraftNote';
import { updatePartner } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { useTierRules } from '../../shared/requests';
import { TraitInput } from './TraitInput';

interface OfPartner {
  readonly partner: PartnerLine;
}

/**
 * Changes a partner's tier and region.
 * Partner groups use both.
 */
export function ChangePartner({ partner }: OfPartner) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={open} aria-label={t('partners.changeOne', { name: partner.name })}>
        {t('partners.change')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('partners.changeOne', { name: partner.name })} centered>
        <Fields partner={partner} onChanged={close} />
      </Dialog>
    </>
  );
}

function Fields({
  partner: { id, name, tier, region, status },
  onChanged,
}: OfPartner & { readonly onChanged: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { form, isUnsaved, forget, discard } = useDraftForm({ about: `partner ${id}`, saved: { tier, region } });
  const change = useMutation({
    mutationFn: (body: typeof form.values) => updatePartner(id, body),
    onSuccess: async () => {
      notifications.show({ color: 'teal', message: t('partners.changed', { name }) });
      forget();
      onChanged();
      await invalidate(client, queryKeys.partners, queryKeys.partnerGroups);
    },
  });
  const isTierByRule = useTierRules().data?.isOn === true && status === 'active';
  const fieldErrors = useFieldErrors(change.error);
  const field = (one: 'tier' | 'region') => ({ ...form.getInputProps(one), error: fieldErrors[one], maxLength: 60 });
  return (
    <form onSubmit={form.onSubmit((values) => change.mutate(values))}>
      <Stack>
        <Alert color="blue">{t('partners.changeWhy')}</Alert>
        <SimpleGrid cols={2} style={{ alignItems: 'start' }}>
          <TraitInput
            trait="tiers"
            label={t('partners.tier')}
            required
            data-autofocus
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...field('tier')}
            {...(isTierByRule ? { disabled: true, description: t('partners.tierByRule') } : {})}
          />
          <TraitInput trait="regions" label={t('partners.region')} required {...field('region')} />
        </SimpleGrid>
        {Object.keys(fieldErrors).length === 0 && <ProblemNote error={change.error} />}
        <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />
        <Button type="submit" loading={change.isPending}>
          {t('partners.saveChange')}
        </Button>
      </Stack>
    </form>
  );
}
