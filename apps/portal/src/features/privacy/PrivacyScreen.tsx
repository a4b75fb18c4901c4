import { useTranslation } from 'react-i18next';
import { Page } from '../../shared/Page';
import { DoubleOptIn } from './DoubleOptIn';
import { RetentionPeriods } from './RetentionPeriods';

/** A partner's settings for consent and retention. */
export function PrivacyScreen() {
  const { t } = useTranslation();
  return (
    <Page title={t('privacy.title')} lead={t('privacy.lead')}>
      <DoubleOptIn />
      <RetentionPeriods />
    </Page>
  );
}
