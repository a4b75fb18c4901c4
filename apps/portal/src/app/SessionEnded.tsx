import { Button, getDefaultZIndex, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionView } from '#contracts';
import { ApiProblem, onSessionEnded, rememberCsrfToken } from '../shared/api';
import { useTopmostEscape } from '../shared/topmost-escape';
import { CodeField, isCodeMissing, needsCode } from '../shared/CodeField';
import { ProblemNote } from '../shared/ProblemNote';
import { subscribeToTabs } from '../shared/session-channel';
import { useStartSession, useSessionRenewal, useResumeSession, useSession } from '../shared/session';
import { createSession } from '../shared/requests';
import { switchOrganisation } from './api';

/**
 * Password dialog over the current screen when the session ends, so that
 * unsaved input is not lost.
 */
export function SessionEnded() {
  const { t } = useTranslation();
  useSessionRenewal();
  const [opened, close] = useOpenedAtEnd();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('ended.title')}
      withCloseButton={false}
      // The blur hides the screen from other people.
      overlayProps={{ blur: 8, backgroundOpacity: 0.7 }}
      closeOnEscape={false}
      closeOnClickOutside={false}
      // Above every other overlay.
      // An open dialog with a form waits behind this one.
      zIndex={getDefaultZIndex('overlay')}
      centered
    >
      <PasswordForm onSignedIn={close} />
    </Modal>
  );
}

/** Whether the session has ended, and a function that closes the dialog. */
function useOpenedAtEnd(): readonly [opened: boolean, close: () => void] {
  const [opened, { open, close }] = useDisclosure(false);
  useEffect(() => {
    onSessionEnded(open);
    return () => onSessionEnded(() => undefined);
  }, [open]);
  // The user may sign in again in another tab.
  // If that session is invalid, the dialog opens again.
  useEffect(() => subscribeToTabs(close), [close]);
  useTopmostEscape(opened, () => undefined);
  return [opened, close];
}

/** Signs in again to the same organisation, or leaves. */
function PasswordForm({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const { t } = useTranslation();
  const { user, organisation } = useSession();
  const resumeSession = useResumeSession();
  const startSession = useStartSession();
  const form = useForm({ initialValues: { password: '', code: '' } });
  const signIn = useMutation({
    mutationFn: async ({ password, code }: typeof form.values) => {
      const session = await createSession({ email: user.email, password, ...(code === '' ? {} : { code }) });
      // Do not publish the session yet.
      // Another organisation's screen would replace the unsaved input.
      rememberCsrfToken(session.csrfToken);
      if (organisation === null || session.organisation?.id === organisation.id) return session;
      return backTo(organisation.id, session);
    },
    onSuccess: (session) => {
      resumeSession(session);
      form.reset();
      onSignedIn();
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
      <Stack>
        <Text size="sm">{t('ended.text', { email: user.email })}</Text>
        <PasswordInput
          label={t('account.password')}
          autoComplete="current-password"
          required
          data-autofocus
          {...form.getInputProps('password')}
        />
        {(needsCode(signIn.error) || form.values.code !== '') && <CodeField {...form.getInputProps('code')} />}
        {!isCodeMissing(signIn.error) && <ProblemNote error={signIn.error} />}
        <Button type="submit" loading={signIn.isPending}>
          {t('account.signIn')}
        </Button>
        <Button variant="subtle" color="gray" onClick={() => startSession(null)}>
          {t('ended.leave')}
        </Button>
      </Stack>
    </form>
  );
}

/**
 * Switches the new session back to the organisation of the old one.
 * If the user has left that organisation, the new session stays as it is.
 */
async function backTo(organisationId: string, session: SessionView): Promise<SessionView> {
  try {
    return await switchOrganisation({ organisationId });
  } catch (error) {
    if (error instanceof ApiProblem && [403, 404].includes(error.problem.status)) return session;
    throw error;
  }
}
