import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { type InvitationView, TOTALS_WORDING } from '#contracts';
import type { z } from 'zod';
import { useSessionQuery, useStartSession } from '../../shared/session';
import { useFieldErrors } from '../../shared/field-errors';
import { CodeField, isCodeMissing, needsCode } from '../../shared/CodeField';
import { ProblemNote } from '../../shared/ProblemNote';
import { AuthLayout } from '../../shared/AuthLayout';
import { passwordRule } from '../../shared/password-rule';
import { acceptInvitation, useInvitation } from './api';
import { JoinAsCompany } from './JoinAsCompany';
import { SignInForms } from './SignInForms';
import { TotalsQuestion } from './TotalsQuestion';

type Invitation = z.output<typeof InvitationView>;

export function InvitationScreen() {
  const { t } = useTranslation();
  const { token = '' } = useParams();
  const invitation = useInvitation(token);
  const session = useSessionQuery();
  if (invitation.data !== undefined && session.data !== undefined)
    return <Invited invitation={invitation.data} token={token} isSignedIn={session.data !== null} />;
  return (
    <AuthLayout title={t('invitation.title')}>
      <ProblemNote error={invitation.error ?? session.error} />
    </AuthLayout>
  );
}

interface InvitedProps {
  readonly invitation: Invitation;
  readonly token: string;
  readonly isSignedIn: boolean;
}

/** A company that is here already may join as itself. Its person signs in first. */
function Invited({ invitation, token, isSignedIn }: InvitedProps) {
  const { t } = useTranslation();
  const { company, email, invitedBy } = invitation;
  const [signingIn, setSigningIn] = useState(company === 'known-person');
  const accept = <Accept invitation={invitation} token={token} onSignIn={() => setSigningIn(true)} />;
  if (company === null) return accept;
  if (isSignedIn) return <JoinAsCompany invitation={invitation} token={token} otherwise={accept} />;
  if (!signingIn) return accept;
  const isKnown = company === 'known-person';
  return (
    <AuthLayout
      title={t('invitation.company.signIn')}
      lead={t(isKnown ? 'invitation.company.signInLead' : 'invitation.company.ownerLead', { invitedBy, email })}
    >
      <SignInForms {...(isKnown ? { email } : {})} />
      {!isKnown && (
        <Button variant="subtle" onClick={() => setSigningIn(false)}>
          {t('invitation.company.back')}
        </Button>
      )}
    </AuthLayout>
  );
}

interface AcceptProps {
  readonly invitation: Invitation;
  readonly token: string;
  /** An owner of a company that is here already wants to sign in. */
  readonly onSignIn: () => void;
}

function Accept({ invitation, token, onSignIn }: AcceptProps) {
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
        ...(totals === null ? {} : { sharesTotals: sharesTotals === 'yes', totalsWording: TOTALS_WORDING }),
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
      {invitation.company === 'known-domain' && <KnownDomain onSignIn={onSignIn} />}
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

/** Names no company: an owner who signs in sees it. */
function KnownDomain({ onSignIn }: Pick<AcceptProps, 'onSignIn'>) {
  const { t } = useTranslation();
  return (
    <Alert title={t('invitation.company.domain')}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('invitation.company.domainText')}</Text>
        <Button size="xs" variant="default" onClick={onSignIn}>
          {t('invitation.company.domainGo')}
        </Button>
      </Stack>
    </Alert>
  );
}
