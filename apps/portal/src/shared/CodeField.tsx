import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from './api';

/** Whether the sign-in asks for a code, or refused the one that it got. */
export const needsCode = (error: unknown): boolean =>
  error instanceof ApiProblem && ['second-factor.required', 'second-factor.wrong'].includes(error.problem.code);

/** Whether the sign-in only asks for a code: no error to show. */
export const isCodeMissing = (error: unknown): boolean =>
  error instanceof ApiProblem && error.problem.code === 'second-factor.required';

interface CodeFieldProps {
  readonly value?: string;
  readonly onChange?: (event: React.ChangeEvent<HTMLInputElement>) => void;
  readonly label?: string;
}

/** Field for a code of an authenticator app, or a recovery code. */
export function CodeField({ label, ...input }: CodeFieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={label ?? t('signIn.code')}
      description={t('signIn.codeHelp')}
      autoComplete="one-time-code"
      autoFocus
      required
      maxLength={60}
      {...input}
    />
  );
}
