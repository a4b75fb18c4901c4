import { Button, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDraftForm } from '../../shared/draft-form';
import { countryCodes } from '../../shared/countries';
import { useFieldErrors } from '../../shared/field-errors';
import { useFormat } from '../../shared/format';
import { useIdempotencyKeys } from '../../shared/idempotency-keys';
import { chosenLanguage, InvitationLanguage } from '../../shared/InvitationLanguage';
import { ProblemNote } from '../../shared/ProblemNote';
import { Dialog } from '../../shared/Dialog';
import { RestoredDraftNote } from '../../shared/RestoredDraftNote';
import { comparePartners, invitePartner } from './api';
import { PossibleDuplicates } from './PossibleDuplicates';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { TraitInput } from './TraitInput';

interface InvitePartnerProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

const BLANK = {
  organisationName: '',
  email: '',
  countryCode: null as string | null,
  tier: '',
  region: '',
  language: '',
};

/** Lets a vendor invite a company as partner. */
export function InvitePartner({ opened, onClose }: InvitePartnerProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('partners.invite')} centered>
      <Invitation onSent={onClose} />
    </Dialog>
  );
}

function Invitation({ onSent }: { readonly onSent: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  // The address is personal data, so a draft in the browser leaves it out.
  const { form, isUnsaved, forget, discard } = useDraftForm({
    about: 'partner-invitation',
    saved: BLANK,
    secret: ['email'],
  });
  const { keyOf } = useIdempotencyKeys();
  const done = () => {
    forget();
    onSent();
  };
  const invite = useMutation({
    mutationFn: (body: typeof form.values) =>
      invitePartner({
        body: { ...body, language: chosenLanguage(body.language) },
        headers: { 'Idempotency-Key': keyOf(body) },
      }),
    onSuccess: async ({ name }) => {
      notifications.show({ color: 'teal', message: t('partners.invited', { name }) });
      done();
      await invalidate(client, queryKeys.partners);
    },
  });
  // A partner may be here under another spelling. The vendor decides before anything is sent.
  const compare = useMutation({
    mutationFn: ({ organisationName, email }: typeof form.values) => comparePartners({ organisationName, email }),
    onSuccess: ({ items }, values) => {
      if (items.length === 0) invite.mutate(values);
    },
  });
  const { organisationName, email } = form.values;
  // Once for each company: an invitation whose answer was lost is sent again, and is no duplicate of itself.
  const isCompared =
    compare.isSuccess && compare.variables.organisationName === organisationName && compare.variables.email === email;
  const duplicates = isCompared ? compare.data.items : [];
  const error = compare.error ?? invite.error;
  const fieldErrors = useFieldErrors(error);
  const field = (name: keyof typeof form.values) => ({ ...form.getInputProps(name), error: fieldErrors[name] });
  return (
    <form onSubmit={form.onSubmit((values) => (isCompared ? invite : compare).mutate(values))}>
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
          <TraitInput trait="tiers" label={t('partners.tier')} required {...field('tier')} />
          <TraitInput trait="regions" label={t('partners.region')} required {...field('region')} />
        </SimpleGrid>
        <InvitationLanguage {...field('language')} />
        {Object.keys(fieldErrors).length === 0 && <ProblemNote error={error} />}
        {duplicates.length > 0 && <PossibleDuplicates duplicates={duplicates} email={email} onDone={done} />}
        <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />
        <Button type="submit" loading={invite.isPending || compare.isPending}>
          {t(duplicates.length > 0 ? 'duplicates.anyway' : 'partners.sendInvitation')}
        </Button>
      </Stack>
    </form>
  );
}
