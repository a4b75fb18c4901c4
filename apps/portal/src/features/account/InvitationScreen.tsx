import { Button, PasswordInput, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { InvitationView } from '#contracts';
import type { z } from 'zod';
import { useStartSession } from '../../shared/session';
import { useFieldErrors } from '../../shared/field-errors';
import { type InputPropsOf } from '../../shared/draft-form';
import { CodeField, isCodeMissing, needsCode } from '../../shared/CodeField';
import { ProblemNote } from '../../shared/ProblemNote';
import { AuthLayout } from '../../shared/AuthLayout';
import { passwordRule } from '../../shared/password-rule';
import { acceptInvitation, useInvitation } from './api';

type Invitation = z.output<typeof InvitationView>;

export function InvitationScreen() {
  const { t } = useTranslation();
  const { token = '' } = useParams();
  const invitation = useInvitation(token);
  if (invitation.data !== undefined) return <Accept invitation={invitation.data} token={token} />;
  return (
    <AuthLayout title={t('invitation.title')}>
      <ProblemNote error={invitation.error} />
    </AuthLayout>
  );
}

function Accept({ invitation, token }: { readonly invitation: Invitation; readonly token: string }) {
  const { t } = useTranslation();
  const startSession = useStartSession();
  const navigate = useNavigate();
  const { organisationName, invitedBy, hasAccount, email, name, totals } = invitation;
  const form = useForm({ initialValues: { name: name ?? '', password: '', code: '', sharesTotals: '' } });
  const accept = useMutation({
    mutationFn: ({ name, password, code, sharesTotals }: typeof form.values) =>
      acceptInvitation(token, {
        name: hasAccount ? email : name,
        password,
        ...(code === '' ? {} : { code }),
        ...(totals === null ? {} : { sharesTotals: sharesTotals === 'yes' }),
      }),
    onSuccess: (session) => {
      startSession(session);
      void navigate('/');
    },
  });
  const fieldErrors = useFieldErrors(accept.error);
  const isShownAtField = ['name', 'password', 'sharesTotals'].some((field) => fieldErrors[field] !== undefined);
  return (
    <AuthLayout
      title={t('invitation.join', { organisation: organisationName })}
      lead={t(hasAccount ? 'invitation.known' : 'invitation.lead', { invitedBy, email })}
    >
      <form onSubmit={form.onSubmit((values) => accept.mutate(values))}>
        <Stack>
          {!hasAccount && (
            <TextInput
              label={t('invitation.name')}
              autoComplete="name"
              required
              autoFocus
              maxLength={120}
              {...form.getInputProps('name')}
              error={fieldErrors['name']}
            />
          )}
          <PasswordInput
            label={t('account.password')}
            description={hasAccount ? undefined : t('password.rule', passwordRule)}
            autoComplete={hasAccount ? 'current-password' : 'new-password'}
            required
            {...form.getInputProps('password')}
            error={fieldErrors['password']}
          />
          {totals !== null && (
            <TotalsQuestion
              totals={totals}
              input={{ ...form.getInputProps('sharesTotals'), error: fieldErrors['sharesTotals'] }}
            />
          )}
          {(needsCode(accept.error) || form.values.code !== '') && <CodeField {...form.getInputProps('code')} />}
          {!isShownAtField && !isCodeMissing(accept.error) && <ProblemNote error={accept.error} />}
          <Button type="submit" loading={accept.isPending}>
            {t('invitation.accept')}
          </Button>
        </Stack>
      </form>
    </AuthLayout>
  );
}

interface TotalsQuestionProps {
  readonly totals: NonNullable<Invitation['totals']>;
  readonly input: ReturnType<InputPropsOf>;
}

/** A plain question. Nothing is selected beforehand, and an answer is required. */
function TotalsQuestion({ totals: { vendor, isRequired }, input }: TotalsQuestionProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t('invitation.totals', { vendor })}
      description={t('invitation.totalsWhy', { vendor })}
      required
      {...input}
    >
      <Stack gap="xs" mt="xs">
        <Radio value="yes" label={t('invitation.totalsYes')} required />
        <Radio value="no" label={t(isRequired ? 'invitation.totalsRefuse' : 'invitation.totalsNo', { vendor })} />
      </Stack>
    </Radio.Group>
  );
}
