import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerLine } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { useFieldErrors } from '../../shared/field-errors';
import { ProblemNote } from '../../shared/ProblemNote';
import { Dialog } from '../../shared/Dialog';
import { deletePartnerInvitation, resendPartnerInvitation } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';

interface OfPartner {
  readonly partner: PartnerLine;
}

/** Lets a vendor resend or withdraw an invitation. */
export function InvitationActions({ partner }: OfPartner) {
  const { id, name, invitation } = partner;
  const { t } = useTranslation();
  const client = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const withdraw = useMutation({
    mutationFn: () => deletePartnerInvitation(id),
    onSuccess: () => invalidate(client, queryKeys.partners),
  });
  return (
    <Stack gap={6} align="flex-end">
      <Button size="xs" variant="default" onClick={open}>
        {t(invitation === null ? 'partnerInvitation.send' : 'partnerInvitation.again')}
      </Button>
      <Confirm
        label={t('partnerInvitation.withdraw')}
        question={t('partnerInvitation.withdrawQuestion', { name })}
        size="xs"
        onConfirm={() => withdraw.mutateAsync()}
      >
        {t('partnerInvitation.withdrawText', { name })}
      </Confirm>
      <Dialog opened={opened} onClose={close} title={t('partnerInvitation.againTitle', { name })} centered>
        <Resend partner={partner} onSent={close} />
      </Dialog>
    </Stack>
  );
}

function Resend({ partner, onSent }: OfPartner & { readonly onSent: () => void }) {
  const { id, name, invitation } = partner;
  const { t } = useTranslation();
  const client = useQueryClient();
  const [email, setEmail] = useState(invitation?.email ?? '');
  const resend = useMutation({
    mutationFn: () => resendPartnerInvitation(id, { email }),
    onSuccess: async () => {
      notifications.show({ color: 'teal', message: t('partnerInvitation.sentAgain', { name }) });
      onSent();
      await invalidate(client, queryKeys.partners);
    },
  });
  const fieldErrors = useFieldErrors(resend.error)['email'];
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    resend.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{t('partnerInvitation.againText')}</Text>
        <TextInput
          label={t('partners.email')}
          type="email"
          required
          data-autofocus
          value={email}
          error={fieldErrors}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        {fieldErrors === undefined && <ProblemNote error={resend.error} />}
        <Button type="submit" loading={resend.isPending}>
          {t('partners.sendInvitation')}
        </Button>
      </Stack>
    </form>
  );
}
