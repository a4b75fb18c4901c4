import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { IconFingerprint } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CodeField, isCodeMissing, needsCode } from '../../shared/CodeField';
import { canUsePasskeys, signInByPasskey } from '../../shared/passkeys';
import { useStartSession } from '../../shared/session';
import { ProblemNote } from '../../shared/ProblemNote';
import { createSession } from '../../shared/requests';
import { AuthLayout } from '../../shared/AuthLayout';

/** Sign-in by password, with a code if the person has one, or by passkey. */
export function SignInScreen() {
  const { t } = useTranslation();
  return (
    <AuthLayout title={t('signIn.title')} lead={t('signIn.lead')}>
      <PasswordForm />
      {canUsePasskeys() && <PasskeySignIn />}
      <Anchor component={Link} to="/password" size="sm" ta="center">
        {t('signIn.forgot')}
      </Anchor>
    </AuthLayout>
  );
}

function PasswordForm() {
  const { t } = useTranslation();
  const startSession = useStartSession();
  const form = useForm({ initialValues: { email: '', password: '', code: '' } });
  const signIn = useMutation({
    mutationFn: ({ code, ...body }: typeof form.values) => createSession(code === '' ? body : { ...body, code }),
    onSuccess: startSession,
  });
  return (
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
        {(needsCode(signIn.error) || form.values.code !== '') && <CodeField {...form.getInputProps('code')} />}
        {!isCodeMissing(signIn.error) && <ProblemNote error={signIn.error} />}
        <Button type="submit" loading={signIn.isPending} fullWidth>
          {t('account.signIn')}
        </Button>
      </Stack>
    </form>
  );
}

function PasskeySignIn() {
  const { t } = useTranslation();
  const startSession = useStartSession();
  const signIn = useMutation({ mutationFn: signInByPasskey, onSuccess: startSession });
  return (
    <>
      <ProblemNote error={signIn.error} />
      <Button
        variant="default"
        fullWidth
        leftSection={<IconFingerprint size={16} aria-hidden />}
        loading={signIn.isPending}
        onClick={() => signIn.mutate()}
      >
        {t('signIn.passkey')}
      </Button>
    </>
  );
}
