import { useTranslation } from 'react-i18next';
import { Page } from '../../shared/Page';
import { DoubleOptIn } from './DoubleOptIn';
import { RetentionPeriods } from './RetentionPeriods';

/** How people agree, and how long anything is kept of them. */
export function PrivacyScreen() {
  const { t } = useTranslation();
  return (
    <Page title={t('privacy.title')} lead={t('privacy.lead')}>
      <DoubleOptIn />
      <RetentionPeriods />
    </Page>
  );
}
