import { useTranslation } from 'react-i18next';
import { Loaded, Page } from '../../shared/Page';
import { CalendarForm } from './CalendarForm';
import { useCalendar } from './api';

/**
 * A partner's closed days.
 * On these days nothing is sent in any of its campaigns.
 */
export function CalendarScreen() {
  const { t } = useTranslation();
  const calendar = useCalendar();
  return (
    <Page title={t('closedDays.title')} lead={t('closedDays.lead')}>
      <Loaded query={calendar} height={420}>
        {(loaded) => <CalendarForm calendar={loaded} />}
      </Loaded>
    </Page>
  );
}
