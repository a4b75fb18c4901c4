import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ProblemNote } from '../../shared/ProblemNote';
import { AuthLayout } from '../../shared/AuthLayout';
import { passwordRule } from '../../shared/password-rule';
import { requestPasswordReset, setPassword } from './api';

/**
 * Requests a password link.
 * The answer does not reveal whether the address is known.
 */
export function AskPasswordScreen() {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { email: '' } });
  const ask = useMutation({
    mutationFn: (body: { email: string }) => requestPasswordReset(body),
  });
  return (
    <AuthLayout title={t('password.ask')} lead={t('password.askLead')}>
      {ask.isSuccess ? (
        <Alert color="teal">{t('password.asked', { email: form.values.email })}</Alert>
      ) : (
        <form onSubmit={form.onSubmit((values) => ask.mutate(values))}>
          <Stack>
            <TextInput
              label={t('account.email')}
              type="email"
              autoComplete="username"
              required
              autoFocus
              {...form.getInputProps('email')}
            />
            <ProblemNote error={ask.error} />
            <Button type="submit" loading={ask.isPending}>
              {t('password.send')}
            </Button>
          </Stack>
        </form>
      )}
      <Anchor component={Link} to="/" size="sm" ta="center">
        {t('password.back')}
      </Anchor>
    </AuthLayout>
  );
}

export function SetPasswordScreen() {
  const { t } = useTranslation();
  const { token = '' } = useParams();
  const form = useForm({ initialValues: { password: '' } });
  const set = useMutation({
    mutationFn: (body: { password: string }) => setPassword(token, body),
  });
  return (
    <AuthLayout title={t('password.set')}>
      {set.isSuccess ? (
        <>
          <Alert color="teal">{t('password.done')}</Alert>
          <Button component={Link} to="/">
            {t('account.signIn')}
          </Button>
        </>
      ) : (
        <form onSubmit={form.onSubmit((values) => set.mutate(values))}>
          <Stack>
            <PasswordInput
              label={t('password.new')}
              description={t('password.rule', passwordRule)}
              autoComplete="new-password"
              required
              autoFocus
              {...form.getInputProps('password')}
            />
            <ProblemNote error={set.error} />
            <Button type="submit" loading={set.isPending}>
              {t('password.keep')}
            </Button>
          </Stack>
        </form>
      )}
    </AuthLayout>
  );
}
