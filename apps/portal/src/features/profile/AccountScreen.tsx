import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Loaded, Page } from '../../shared/Page';
import { Section } from '../../shared/Section';
import { useCan, useSession } from '../../shared/session';
import { LeaveOrganisation } from './LeaveOrganisation';
import { NotificationChoices } from './NotificationChoices';
import { OrganisationDeletion } from './OrganisationDeletion';
import { OrganisationExport } from './OrganisationExport';
import { ProfileForm } from './ProfileForm';
import { useProfile } from './api';

/** The signed-in person: profile, mails, sign-in and organisation. */
export function AccountScreen() {
  const { t } = useTranslation();
  const { user, organisation } = useSession();
  const profile = useProfile();
  const can = useCan();
  const isOwner = can('vendor-team.edit') || can('partner-team.edit');
  return (
    <Page title={t('profile.title')} lead={t('profile.lead', { email: user.email })}>
      <Section title={t('profile.about.title')} text={t('profile.about.text')}>
        <Loaded query={profile}>{(saved) => <ProfileForm saved={saved} />}</Loaded>
      </Section>
      {organisation !== null && (
        <Section
          anchor="notifications"
          title={t('profile.notifications.title')}
          text={t('profile.notifications.text', { organisation: organisation.name })}
        >
          <NotificationChoices />
        </Section>
      )}
      <Section title={t('security.title')} text={t('profile.signIn')}>
        <Group>
          <Button component={Link} to="/security" variant="default">
            {t('profile.openSecurity')}
          </Button>
        </Group>
      </Section>
      {isOwner && (
        <Section title={t('profile.export.title')} text={t('profile.export.text')}>
          <OrganisationExport />
        </Section>
      )}
      {organisation !== null && (
        <Section title={organisation.name} text={t('profile.leave.text')}>
          <LeaveOrganisation organisation={organisation} />
        </Section>
      )}
      {organisation !== null && isOwner && (
        <Section title={t('profile.deletion.title')} text={t('profile.deletion.text')}>
          <OrganisationDeletion organisation={organisation} />
        </Section>
      )}
    </Page>
  );
}
