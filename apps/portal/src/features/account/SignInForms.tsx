import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { IconFingerprint } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CodeField, isCodeMissing, needsCode } from '../../shared/CodeField';
import { canUsePasskeys, signInByPasskey } from '../../shared/passkeys';
import { useStartSession } from '../../shared/session';
import { ProblemNote } from '../../shared/ProblemNote';
import { createSession } from '../../shared/requests';

interface SignInFormsProps {
  /** To begin with. */
  readonly email?: string;
}

/** Sign-in by password, with a code if the person has one, or by passkey. */
export function SignInForms({ email = '' }: SignInFormsProps) {
  return (
    <>
      <PasswordForm email={email} />
      {canUsePasskeys() && <PasskeySignIn />}
    </>
  );
}

function PasswordForm({ email }: Required<SignInFormsProps>) {
  const { t } = useTranslation();
  const startSession = useStartSession();
  const form = useForm({ initialValues: { email, password: '', code: '' } });
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
          autoFocus={email === ''}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('account.password')}
          autoComplete="current-password"
          required
          autoFocus={email !== ''}
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
