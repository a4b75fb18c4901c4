import { Button, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionView } from '#contracts';
import { call, onSessionEnded } from '../shared/api';
import { ProblemNote } from '../shared/ProblemNote';
import { useRenewal, useReturn, useSession } from './session';

/** Asks for the password again over whatever was being written, so that it is not lost with the session. */
export function SessionEnded() {
  const { t } = useTranslation();
  const { user, organisation } = useSession();
  const comeBack = useReturn();
  useRenewal();
  const [opened, { open, close }] = useDisclosure(false);
  useEffect(() => {
    onSessionEnded(open);
    return () => onSessionEnded(() => undefined);
  }, [open]);
  const form = useForm({ initialValues: { password: '' } });
  const signIn = useMutation({
    mutationFn: async (password: string) => {
      const session = await call<SessionView>('POST', '/session', { body: { email: user.email, password } });
      comeBack(session);
      if (organisation === null || session.organisation?.id === organisation.id) return session;
      return call<SessionView>('POST', '/session/organisation', { body: { organisationId: organisation.id } });
    },
    onSuccess: (session) => {
      comeBack(session);
      form.reset();
      close();
    },
  });
  return (
    <Modal opened={opened} onClose={close} title={t('ended.title')} withCloseButton={false} centered>
      <form onSubmit={form.onSubmit(({ password }) => signIn.mutate(password))}>
        <Stack>
          <Text size="sm">{t('ended.text', { email: user.email })}</Text>
          <PasswordInput
            label={t('account.password')}
            autoComplete="current-password"
            required
            data-autofocus
            {...form.getInputProps('password')}
          />
          <ProblemNote error={signIn.error} />
          <Button type="submit" loading={signIn.isPending}>
            {t('account.signIn')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
