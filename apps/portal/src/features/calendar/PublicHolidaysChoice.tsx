import { Select, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StoredCalendar } from '#contracts';
import { useCalendarPublicHolidays } from './api';

/** Whether public holidays are closed, and those of which region. */
export type PublicDays = Pick<StoredCalendar, 'publicHolidays' | 'holidayRegion'>;

export const publicDaysOf = ({ publicHolidays, holidayRegion }: PublicDays): PublicDays => ({
  publicHolidays,
  holidayRegion,
});

const NO_REGION = '';

interface PublicHolidaysChoiceProps {
  /** Of the partner, ISO 3166. */
  readonly country: string;
  readonly days: PublicDays;
  /** Absent: the user cannot edit. */
  readonly onChange?: (days: PublicDays) => void;
}

/** Closes public holidays, with those of a region of the partner's country. */
export function PublicHolidaysChoice({ country, days, onChange }: PublicHolidaysChoiceProps) {
  const { t, i18n } = useTranslation();
  const { publicHolidays, holidayRegion } = publicDaysOf(days);
  const wanted = { country, year: String(new Date().getFullYear()), language: i18n.language };
  const known = useCalendarPublicHolidays(new URLSearchParams(wanted).toString(), { staleTime: Infinity });
  const regions = known.data?.regions ?? [];
  return (
    <Stack gap="sm">
      <Switch
        label={t('closedDays.closePublic')}
        description={t('closedDays.closePublicHow')}
        checked={publicHolidays}
        disabled={onChange === undefined}
        onChange={({ currentTarget: { checked } }) => onChange?.({ holidayRegion, publicHolidays: checked })}
      />
      {publicHolidays && regions.length > 0 && (
        <Select
          label={t('closedDays.ownRegion')}
          description={t('closedDays.ownRegionHow')}
          maw={420}
          allowDeselect={false}
          searchable
          disabled={onChange === undefined}
          value={holidayRegion ?? NO_REGION}
          data={[
            { value: NO_REGION, label: t('closedDays.allRegions') },
            ...regions.map(({ code, name }) => ({ value: code, label: name })),
          ]}
          onChange={(code) =>
            onChange?.({ publicHolidays, holidayRegion: code === NO_REGION || code === null ? null : code })
          }
        />
      )}
    </Stack>
  );
}
