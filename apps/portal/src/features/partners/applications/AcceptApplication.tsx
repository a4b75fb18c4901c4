import { Alert, Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ApplicationView } from '#contracts';
import { Dialog } from '../../../shared/Dialog';
import { ProblemNote } from '../../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../../shared/query-keys';
import { comparePartners } from '../api';
import { TraitInput } from '../TraitInput';
import { acceptApplication, applicationKeys } from './api';

interface OfApplication {
  readonly application: ApplicationView;
}

/** Takes a company into the programme: it gets an invitation. */
export function AcceptApplication({ application }: OfApplication) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const { company } = application;
  return (
    <>
      <Button size="xs" onClick={open} aria-label={t('applications.acceptOne', { company })}>
        {t('applications.accept')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('applications.acceptOne', { company })} centered>
        <AcceptForm application={application} />
      </Dialog>
    </>
  );
}

function AcceptForm({ application: { id, company, email } }: OfApplication) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({ initialValues: { tier: '', region: '' } });
  const accept = useMutation({
    mutationFn: (values: typeof form.values) => acceptApplication(id, values),
    onSuccess: async () => {
      notifications.show({ color: 'teal', message: t('applications.accepted', { company, email }) });
      await invalidate(client, applicationKeys.applications, queryKeys.partners);
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => accept.mutate(values))}>
      <Stack>
        <Text size="sm">{t('applications.acceptText', { email })}</Text>
        <KnownPartners company={company} email={email} />
        <TraitInput trait="tiers" label={t('partners.tier')} required {...form.getInputProps('tier')} />
        <TraitInput trait="regions" label={t('partners.region')} required {...form.getInputProps('region')} />
        <ProblemNote error={accept.error} />
        <Button type="submit" loading={accept.isPending}>
          {t('partners.sendInvitation')}
        </Button>
      </Stack>
    </form>
  );
}

/** Partners that may be the company; renders nothing if there are none. */
function KnownPartners({ company, email }: { readonly company: string; readonly email: string }) {
  const { t } = useTranslation();
  const known = useQuery({
    queryKey: [...queryKeys.partners, 'duplicates', company, email],
    queryFn: () => comparePartners({ organisationName: company, email }),
  });
  const names = known.data?.items.map(({ name }) => name) ?? [];
  if (names.length === 0) return null;
  return (
    <Alert color="yellow" title={t('duplicates.title', { count: names.length })}>
      {names.join(', ')}
    </Alert>
  );
}
