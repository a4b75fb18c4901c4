import { Button, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerView } from '#contracts';
import { call } from '../../shared/api';
import { countryCodes } from '../../shared/countries';
import { useFaults } from '../../shared/faults';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { Dialog } from '../../shared/Dialog';

interface InvitePartnerProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function InvitePartner({ opened, onClose }: InvitePartnerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const form = useForm({
    initialValues: { organisationName: '', email: '', countryCode: null as string | null, tier: '', region: '' },
  });
  const invite = useMutation({
    mutationFn: (body: typeof form.values) => call<PartnerView>('POST', '/partners/invitations', { body }),
    onSuccess: async ({ name }) => {
      notifications.show({ color: 'teal', message: t('partners.invited', { name }) });
      form.reset();
      onClose();
      await client.invalidateQueries({ queryKey: ['partners'] });
    },
  });
  const fields = useFaults(invite.error);
  const field = (name: keyof typeof form.values) => ({ ...form.getInputProps(name), error: fields[name] });
  return (
    <Dialog opened={opened} onClose={onClose} title={t('partners.invite')} centered>
      <form onSubmit={form.onSubmit((values) => invite.mutate(values))}>
        <Stack>
          <TextInput label={t('partners.name')} required data-autofocus {...field('organisationName')} />
          <TextInput label={t('partners.email')} type="email" required {...field('email')} />
          <Select
            label={t('partners.country')}
            required
            searchable
            data={countryCodes.map((code) => ({ value: code, label: format.country(code) }))}
            {...field('countryCode')}
          />
          <SimpleGrid cols={2}>
            <TextInput label={t('partners.tier')} required {...field('tier')} />
            <TextInput label={t('partners.region')} required {...field('region')} />
          </SimpleGrid>
          {Object.keys(fields).length === 0 && <ProblemNote error={invite.error} />}
          <Button type="submit" loading={invite.isPending}>
            {t('partners.sendInvitation')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
