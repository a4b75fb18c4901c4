import { Alert, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Loaded, Page } from '../../shared/Page';
import { Section } from '../../shared/Section';
import { useCan, useSession } from '../../shared/session';
import { AuthenticatorApp } from './AuthenticatorApp';
import { OpenSessions } from './OpenSessions';
import { Passkeys } from './Passkeys';
import { PasswordChange } from './PasswordChange';
import { SecondFactorRule } from './SecondFactorRule';
import { EmailChange } from './EmailChange';
import { useSecurity } from './api';

/** How the signed-in person signs in, and where they are signed in. */
export function SecurityScreen() {
  const { t } = useTranslation();
  const can = useCan();
  const { user, lacksSecondFactor } = useSession();
  const security = useSecurity();
  const isOwner = can('vendor-team.edit') || can('partner-team.edit');
  return (
    <Page title={t('security.title')} lead={t('security.lead')}>
      {lacksSecondFactor && (
        <Alert color="yellow" title={t('security.needed')}>
          {t('security.neededText')}
        </Alert>
      )}
      <Loaded query={security} height={420}>
        {({ passkeys, totpSince, recoveryCodesLeft }) => (
          <Stack gap="lg">
            <Section title={t('security.passkeys.title')} text={t('security.passkeys.text')}>
              <Passkeys passkeys={passkeys} />
            </Section>
            <Section title={t('security.totp.title')}>
              <AuthenticatorApp totpSince={totpSince} recoveryCodesLeft={recoveryCodesLeft} />
            </Section>
          </Stack>
        )}
      </Loaded>
      <Section title={t('security.password.title')} text={t('security.password.text')}>
        <PasswordChange />
      </Section>
      <Section title={t('security.email.title')} text={t('security.email.text', { email: user.email })}>
        <EmailChange />
      </Section>
      <Section title={t('security.sessions.title')}>
        <OpenSessions />
      </Section>
      {isOwner && !lacksSecondFactor && (
        <Section title={t('security.policy.title')}>
          <SecondFactorRule />
        </Section>
      )}
    </Page>
  );
}
