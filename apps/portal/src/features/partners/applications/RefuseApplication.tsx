import { Button, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ApplicationView } from '#contracts';
import { Dialog } from '../../../shared/Dialog';
import { useDraft } from '../../../shared/draft';
import { ProblemNote } from '../../../shared/ProblemNote';
import { invalidate } from '../../../shared/query-keys';
import { applicationKeys, refuseApplication } from './api';

interface OfApplication {
  readonly application: ApplicationView;
}

/** Refuses an application, with a reason for the applicant. */
export function RefuseApplication({ application }: OfApplication) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const { company } = application;
  return (
    <>
      <Button size="xs" variant="default" onClick={open} aria-label={t('applications.refuseOne', { company })}>
        {t('applications.refuse')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('applications.refuseOne', { company })} centered>
        <RefuseForm application={application} />
      </Dialog>
    </>
  );
}

function RefuseForm({ application: { id, company, email, distributorName } }: OfApplication) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [reason, setReason, forget] = useDraft(`refuse application ${id}`, '');
  const refuse = useMutation({
    mutationFn: () => refuseApplication(id, reason.trim() === '' ? {} : { reason: reason.trim() }),
    onSuccess: async () => {
      forget();
      notifications.show({ color: 'teal', message: t('applications.refused', { company }) });
      await invalidate(client, applicationKeys.applications);
    },
  });
  return (
    <Stack>
      <Text size="sm">
        {distributorName === null
          ? t('applications.refuseText', { email })
          : t('applications.refuseProposal', { distributor: distributorName })}
      </Text>
      <Textarea
        label={t('applications.reason')}
        description={t(distributorName === null ? 'applications.reasonWhy' : 'applications.proposalReasonWhy')}
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value.replace(/[\r\n]+/g, ' '))}
        data-autofocus
      />
      <ProblemNote error={refuse.error} />
      <Button color="red" loading={refuse.isPending} onClick={() => refuse.mutate()}>
        {t('applications.refuse')}
      </Button>
    </Stack>
  );
}
