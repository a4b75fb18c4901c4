import { Alert, Button, Radio, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import { type InvitationView, type InvitedCompanies, TOTALS_WORDING } from '#contracts';
import { AuthLayout } from '../../shared/AuthLayout';
import { useFieldErrors } from '../../shared/field-errors';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { useStartSession } from '../../shared/session';
import { joinByInvitation, useInvitedCompanies } from './api';
import { TotalsQuestion } from './TotalsQuestion';

type Invitation = z.output<typeof InvitationView>;
type Company = InvitedCompanies['items'][number];

/** The value of the choice that makes a new organisation. */
const NEW = 'new';

interface JoinAsCompanyProps {
  readonly invitation: Invitation;
  readonly token: string;
  /** For a user who signed in with another address than the invited one. */
  readonly otherwise: ReactNode;
}

/** Asks a signed-in person which company accepts the invitation of a vendor. */
export function JoinAsCompany({ invitation, token, otherwise }: JoinAsCompanyProps) {
  const { t } = useTranslation();
  const companies = useInvitedCompanies(token);
  if (companies.data !== undefined && !companies.data.isInvited && companies.data.items.length === 0) return otherwise;
  return (
    <AuthLayout
      title={t('invitation.company.title', { vendor: invitation.invitedBy })}
      lead={t('invitation.company.lead', { vendor: invitation.invitedBy, email: invitation.email })}
    >
      <Loaded query={companies}>{(found) => <Choice invitation={invitation} token={token} companies={found} />}</Loaded>
    </AuthLayout>
  );
}

interface ChoiceProps extends Pick<JoinAsCompanyProps, 'invitation' | 'token'> {
  readonly companies: InvitedCompanies;
}

function Choice({ invitation, token, companies: { isInvited, items } }: ChoiceProps) {
  const { t } = useTranslation();
  const startSession = useStartSession();
  const navigate = useNavigate();
  const { organisationName, invitedBy: vendor, totals } = invitation;
  const free = items.filter(({ standing }) => standing === 'free');
  const only = free.length === 0 && isInvited ? NEW : '';
  const form = useForm({ initialValues: { company: only, sharesTotals: '' } });
  const join = useMutation({
    mutationFn: ({ company, sharesTotals }: typeof form.values) =>
      joinByInvitation(token, {
        organisationId: company === NEW ? null : company,
        ...(totals === null ? {} : { sharesTotals: sharesTotals === 'yes', totalsWording: TOTALS_WORDING }),
      }),
    onSuccess: (session) => {
      startSession(session);
      void navigate('/');
    },
  });
  const fieldErrors = useFieldErrors(join.error);
  return (
    <form onSubmit={form.onSubmit((values) => join.mutate(values))}>
      <Stack>
        {items
          .filter(({ standing }) => standing !== 'free')
          .map((company) => (
            <CannotJoin key={company.id} company={company} />
          ))}
        {(free.length > 0 || isInvited) && (
          <>
            <Radio.Group label={t('invitation.company.which')} required {...form.getInputProps('company')}>
              <Stack gap="xs" mt="xs">
                {free.map(({ id, name }) => (
                  <Radio
                    key={id}
                    value={id}
                    required
                    label={t('invitation.company.as', { company: name })}
                    description={t('invitation.company.asWhy', { company: name, vendor })}
                  />
                ))}
                {isInvited && (
                  <Radio
                    value={NEW}
                    required
                    label={t('invitation.company.other', { company: organisationName })}
                    description={t('invitation.company.otherWhy')}
                  />
                )}
              </Stack>
            </Radio.Group>
            {totals !== null && (
              <TotalsQuestion
                totals={totals}
                input={{ ...form.getInputProps('sharesTotals'), error: fieldErrors['sharesTotals'] }}
              />
            )}
            {fieldErrors['sharesTotals'] === undefined && <ProblemNote error={join.error} />}
            <Button type="submit" loading={join.isPending}>
              {t('invitation.accept')}
            </Button>
          </>
        )}
      </Stack>
    </form>
  );
}

/** Why a company of the person cannot accept. */
function CannotJoin({ company: { name, standing } }: { readonly company: Company }) {
  const { t } = useTranslation();
  if (standing === 'free') return null;
  return (
    <Alert title={name} color="gray">
      <Text size="sm">{t(`invitation.company.standing.${standing}`, { company: name })}</Text>
    </Alert>
  );
}
