import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { KeptCalendar } from '#contracts';
import { get } from '../../shared/api';
import { Loaded, Page } from '../../shared/Page';
import { CalendarForm } from './CalendarForm';

/** Days on which nothing of a partner is sent, in any of its campaigns. */
export function CalendarScreen() {
  const { t } = useTranslation();
  const calendar = useQuery({ queryKey: ['partner-calendar'], queryFn: get<KeptCalendar>('/calendar') });
  return (
    <Page title={t('closedDays.title')} lead={t('closedDays.lead')}>
      <Loaded query={calendar} height={420}>
        {(loaded) => <CalendarForm calendar={loaded} />}
      </Loaded>
    </Page>
  );
}
