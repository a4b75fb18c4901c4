import { IconCalendar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DateTimePicker } from '../../../shared/dates';
import { InvalidChoiceNote } from '../InvalidChoiceNote';
import type { LaunchPlan } from '../launch-plan';

/** Lets a partner choose the start of a launch; empty: now. */
export function StartChoice({ plan }: { readonly plan: LaunchPlan }) {
  const { t } = useTranslation();
  return (
    <>
      <DateTimePicker
        label={t('launch.start')}
        placeholder={t('launch.now')}
        leftSection={<IconCalendar size={18} aria-hidden />}
        clearable
        minDate={new Date()}
        defaultTimeValue="09:00:00"
        value={plan.startAt}
        onChange={(moment) => plan.choose({ startAt: moment })}
      />
      {plan.isPast && (
        <InvalidChoiceNote onClose={() => plan.choose({ startAt: null })}>{t('launch.startPast')}</InvalidChoiceNote>
      )}
    </>
  );
}
