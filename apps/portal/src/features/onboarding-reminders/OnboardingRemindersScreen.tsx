import { useTranslation } from 'react-i18next';
import { Loaded, Page } from '../../shared/Page';
import { useOnboardingReminders } from './api';
import { ReminderEffect } from './ReminderEffect';
import { ReminderPartners } from './ReminderPartners';
import { ReminderSettings } from './ReminderSettings';

/** Reminders to partners that joined and launched nothing: settings, effect, and partners. */
export function OnboardingRemindersScreen() {
  const { t } = useTranslation();
  const reminders = useOnboardingReminders();
  return (
    <Page title={t('onboardingReminders.title')} lead={t('onboardingReminders.lead')}>
      <Loaded query={reminders}>
        {(view) => (
          <>
            <ReminderSettings key={view.version} view={view} />
            <ReminderEffect view={view} />
            {view.measuredSince !== null && <ReminderPartners />}
          </>
        )}
      </Loaded>
    </Page>
  );
}
