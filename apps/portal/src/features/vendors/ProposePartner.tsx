import { Button, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { countryCodes } from '../../shared/countries';
import { useFieldErrors } from '../../shared/field-errors';
import { useFormat } from '../../shared/format';
import { chosenLanguage, InvitationLanguage } from '../../shared/InvitationLanguage';
import { ProblemNote } from '../../shared/ProblemNote';
import { distributionKey, proposePartner } from './api';

interface ProposePartnerProps {
  readonly vendorId: string;
  readonly approval: 'automatic' | 'approved';
  readonly onDone: () => void;
}

const BLANK = { company: '', person: '', email: '', countryCode: null as string | null, language: '' };

/** Lets a distributor propose a company to a vendor. */
export function ProposePartner({ vendorId, approval, onDone }: ProposePartnerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const form = useForm({ initialValues: BLANK });
  const propose = useMutation({
    mutationFn: (values: typeof BLANK) =>
      proposePartner({ ...values, vendorId, language: chosenLanguage(values.language) }),
    onSuccess: (saved, { company }) => {
      notifications.show({ color: 'teal', message: t(`distribution.proposed.${approval}`, { company }) });
      client.setQueryData(distributionKey, saved);
      onDone();
    },
  });
  const errors = useFieldErrors(propose.error);
  const field = (name: keyof typeof BLANK) => ({ ...form.getInputProps(name), error: errors[name] });
  return (
    <form onSubmit={form.onSubmit((values) => propose.mutate(values))}>
      <Stack>
        <Text size="sm">{t(`distribution.how.${approval}`)}</Text>
        <TextInput label={t('distribution.company')} required maxLength={120} data-autofocus {...field('company')} />
        <TextInput label={t('distribution.person')} required maxLength={120} {...field('person')} />
        <TextInput label={t('distribution.email')} type="email" required {...field('email')} />
        <Select
          label={t('distribution.country')}
          required
          searchable
          data={countryCodes.map((code) => ({ value: code, label: format.country(code) }))}
          {...field('countryCode')}
        />
        <InvitationLanguage {...field('language')} />
        {Object.keys(errors).length === 0 && <ProblemNote error={propose.error} />}
        <Button type="submit" loading={propose.isPending}>
          {t('distribution.propose')}
        </Button>
      </Stack>
    </form>
  );
}
