import { Alert, Anchor, Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { SessionView } from '#contracts';
import { ApiProblem } from '../../shared/api';
import { AuthLayout } from '../../shared/AuthLayout';
import { ProblemNote } from '../../shared/ProblemNote';
import { useStartSession } from '../../shared/session';
import { useFirstRun } from './api';
import { FirstRunForm } from './FirstRunForm';

/** What came of the form: the owner's session, and why the logo was refused. */
export interface Founded {
  readonly session: SessionView;
  /** Null: it is used, or none was chosen. */
  readonly logoError: unknown;
}

/** Founds the first vendor of an installation, and signs its owner in. */
export function FirstRunScreen() {
  const { t } = useTranslation();
  const firstRun = useFirstRun();
  const [founded, setFounded] = useState<Founded | null>(null);
  const startSession = useStartSession();
  const navigate = useNavigate();
  const enter = (session: SessionView): void => {
    startSession(session);
    void navigate('/');
  };
  if (founded !== null) return <LogoRefused {...founded} onContinue={() => enter(founded.session)} />;
  if (firstRun.data === undefined && firstRun.error === null) return null;
  if (firstRun.data === undefined) return <Closed error={firstRun.error} />;
  return (
    <AuthLayout title={t('firstRun.title')} lead={t('firstRun.lead')} isWide>
      <FirstRunForm
        mailDomain={firstRun.data.mailDomain}
        onFounded={(result) => (result.logoError === null ? enter(result.session) : setFounded(result))}
      />
    </AuthLayout>
  );
}

/** There is a vendor already, or the API does not answer. */
function Closed({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const isClosed = error instanceof ApiProblem && error.problem.code === 'first-run.closed';
  return (
    <AuthLayout title={t(isClosed ? 'firstRun.closed' : 'firstRun.title')}>
      {isClosed ? <Text size="sm">{t('firstRun.closedText')}</Text> : <ProblemNote error={error} />}
      <Anchor component={Link} to="/" size="sm" ta="center">
        {t('firstRun.toSignIn')}
      </Anchor>
    </AuthLayout>
  );
}

interface LogoRefusedProps extends Founded {
  readonly onContinue: () => void;
}

function LogoRefused({ session, logoError, onContinue }: LogoRefusedProps) {
  const { t } = useTranslation();
  return (
    <AuthLayout title={t('firstRun.title')}>
      <Stack>
        <Alert color="teal">
          <Text size="sm">{t('firstRun.logoRefused', { name: session.organisation?.name })}</Text>
        </Alert>
        <ProblemNote error={logoError} />
        <Button onClick={onContinue}>{t('firstRun.continue')}</Button>
      </Stack>
    </AuthLayout>
  );
}
