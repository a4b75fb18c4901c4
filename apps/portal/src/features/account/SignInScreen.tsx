import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useStartSession } from '../../shared/session';
import { ProblemNote } from '../../shared/ProblemNote';
import { createSession } from '../../shared/requests';
import { AuthLayout } from './AuthLayout';

export function SignInScreen() {
  const { t } = useTranslation();
  const startSession = useStartSession();
  const form = useForm({ initialValues: { email: '', password: '' } });
  const signIn = useMutation({
    mutationFn: (body: typeof form.values) => createSession(body),
    onSuccess: startSession,
  });
  return (
    <AuthLayout title={t('signIn.title')} lead={t('signIn.lead')}>
      <form onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
        <Stack>
          <TextInput
            label={t('account.email')}
            type="email"
            autoComplete="username"
            required
            autoFocus
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('account.password')}
            autoComplete="current-password"
            required
            {...form.getInputProps('password')}
          />
          <ProblemNote error={signIn.error} />
          <Button type="submit" loading={signIn.isPending} fullWidth>
            {t('account.signIn')}
          </Button>
          <Anchor component={Link} to="/password" size="sm" ta="center">
            {t('signIn.forgot')}
          </Anchor>
        </Stack>
      </form>
    </AuthLayout>
  );
}
