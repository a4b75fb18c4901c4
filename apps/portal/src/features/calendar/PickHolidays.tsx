import { Button, Checkbox, Group, Paper, Select, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PublicHolidays } from '#contracts';
import { useDraftForm } from '../../shared/draft-form';
import { countryCodes } from '../../shared/countries';
import { useDays } from '../../shared/days-text';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { type ClosedDays, isKnown } from './closed-days';
import { useCalendarPublicHolidays } from './api';

/** How many years ahead can be planned. */
const YEARS = 3;
const WHOLE = '';

interface PickHolidaysProps {
  readonly rows: readonly ClosedDays[];
  readonly onPick: (picked: readonly ClosedDays[]) => void;
}

/** Lets a partner choose public holidays of a country or region. */
export function PickHolidays({ rows, onPick }: PickHolidaysProps) {
  const { form, forget, year } = useHolidayChoice();
  const { country, region, left } = form.values;
  const holidays = useHolidaysOf(country, region, year);
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="pick-holidays">
      <Stack>
        <Heading />
        <CountryChoice
          country={country}
          onCountry={(code) => form.setValues({ country: code, region: WHOLE, left: [] })}
        />
        {country !== null && (
          <RegionAndYear
            regions={holidays.data?.regions ?? []}
            isWhole={holidays.data?.regions.length === 0}
            region={region}
            year={year}
            onChoose={(chosen) => form.setValues({ ...chosen, left: [] })}
          />
        )}
        {country !== null && (
          <Loaded query={holidays} height={160}>
            {({ days }) =>
              // Placeholder data belongs to the country that was selected
              // before.
              holidays.isPlaceholderData ? (
                <Skeleton height={160} aria-busy />
              ) : (
                <Choice
                  offered={upcoming(days, country)}
                  rows={rows}
                  left={left}
                  onLeave={(unchosen) => form.setFieldValue('left', unchosen)}
                  onPick={(picked) => {
                    // The calendar form stores them from here.
                    forget();
                    onPick(picked);
                  }}
                />
              )
            }
          </Loaded>
        )}
      </Stack>
    </Paper>
  );
}

interface CountryChoiceProps {
  readonly country: string | null;
  readonly onCountry: (country: string | null) => void;
}

function CountryChoice({ country, onCountry }: CountryChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Select
      label={t('brand.country')}
      searchable
      value={country}
      data={countryCodes.map((code) => ({ value: code, label: format.country(code) }))}
      onChange={onCountry}
    />
  );
}

/** Heading of the section, with an explanation. */
function Heading() {
  const { t } = useTranslation();
  return (
    <div>
      <Title order={2} size="h3" id="pick-holidays">
        {t('closedDays.public')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('closedDays.publicHow')}
      </Text>
    </div>
  );
}

interface RegionAndYearProps {
  readonly regions: PublicHolidays['regions'];
  /** The country has no regions. */
  readonly isWhole: boolean;
  readonly region: string;
  readonly year: string;
  readonly onChoose: (chosen: { readonly region?: string; readonly year?: string }) => void;
}

/** Chooses the region of the country, and the year. */
function RegionAndYear({ regions, isWhole, region, year, onChoose }: RegionAndYearProps) {
  const { t } = useTranslation();
  const thisYear = new Date().getFullYear();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Select
        label={t('closedDays.region')}
        allowDeselect={false}
        searchable
        value={region}
        disabled={isWhole}
        data={[
          { value: WHOLE, label: t('closedDays.allRegions') },
          ...regions.map(({ code, name }) => ({ value: code, label: name })),
        ]}
        onChange={(code) => onChoose({ region: code ?? WHOLE })}
      />
      <Select
        label={t('closedDays.year')}
        allowDeselect={false}
        value={year}
        data={Array.from({ length: YEARS }, (_, ahead) => String(thisYear + ahead))}
        onChange={(chosen) => onChoose({ year: chosen ?? year })}
      />
    </SimpleGrid>
  );
}

/** The chosen country, region and year, and the deselected days, as a draft. */
function useHolidayChoice() {
  const thisYear = new Date().getFullYear();
  const { form, forget } = useDraftForm({
    about: 'holidays-to-pick',
    saved: { country: null as string | null, region: WHOLE, year: String(thisYear), left: [] as string[] },
  });
  // The saved choice may be from last year.
  const year = String(Math.max(Number(form.values.year), thisYear));
  return { form, forget, year };
}

/** Public holidays of a country or region, in the user's language. */
function useHolidaysOf(country: string | null, region: string, year: string) {
  const { i18n } = useTranslation();
  const wanted = new URLSearchParams({
    country: country ?? '',
    year,
    language: i18n.language,
    ...(region === WHOLE ? {} : { region }),
  }).toString();
  return useCalendarPublicHolidays(wanted, {
    enabled: country !== null,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
}

/** Holidays from today on, as closed days. */
function upcoming(days: PublicHolidays['days'], country: string): ClosedDays[] {
  const today = new Date().toISOString().slice(0, 10);
  return days
    .map(({ on, name }) => ({ from: on, to: on, name: name.slice(0, 60), holidayOf: country }))
    .filter(({ from }) => from >= today);
}

interface ChoiceProps extends PickHolidaysProps {
  readonly offered: readonly ClosedDays[];
  /** Days that the user has deselected. */
  readonly left: readonly string[];
  readonly onLeave: (left: string[]) => void;
}

/**
 * All holidays are preselected.
 * Those already in the calendar are not offered.
 */
function Choice({ offered, rows, left, onLeave, onPick }: ChoiceProps) {
  const { t } = useTranslation();
  const daysText = useDays();
  const open = offered.filter((day) => !isKnown(rows, day));
  const chosen = open.filter(({ from }) => !left.includes(from));
  if (open.length === 0)
    return (
      <Text size="sm" role="status">
        {t(offered.length === 0 ? 'closedDays.unknown' : 'closedDays.allThere')}
      </Text>
    );
  return (
    <Stack>
      <Stack gap="xs" role="group" aria-labelledby="pick-holidays">
        {open.map((day) => (
          <Checkbox
            key={day.from}
            label={day.name}
            description={daysText(day)}
            checked={!left.includes(day.from)}
            onChange={({ currentTarget: { checked } }) =>
              onLeave(checked ? left.filter((on) => on !== day.from) : [...left, day.from])
            }
          />
        ))}
      </Stack>
      <Group justify="flex-end">
        <Button variant="light" disabled={chosen.length === 0} onClick={() => onPick(chosen)}>
          {t('closedDays.pick', { count: chosen.length })}
        </Button>
      </Group>
    </Stack>
  );
}
