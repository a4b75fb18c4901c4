import type { CalendarInput, CampaignTitle, StoredCalendar } from '#activations';
import type { CalendarOutlook as OutlookView, PartnerCalendar, StoredCalendar as View, StepName } from '#contracts';
import type { ActivationImpact } from '#sequences';

export const calendarView = ({
  blackouts,
  holidays,
  holidayNames,
  publicHolidays,
  holidayRegion,
  country,
  version,
}: StoredCalendar): View => ({
  blackouts: blackouts.map(({ from, to, name }) => ({ from, to, ...(name === undefined ? {} : { name }) })),
  holidays: Object.fromEntries(Object.entries(holidays).map(([country, dates]) => [country, [...dates]])),
  holidayNames: Object.fromEntries(Object.entries(holidayNames).map(([country, names]) => [country, { ...names }])),
  publicHolidays: publicHolidays !== undefined,
  holidayRegion,
  country,
  version,
});

/** What a partner says of its closed days. */
export const calendarInput = ({ publicHolidays, ...days }: PartnerCalendar): CalendarInput => ({
  ...days,
  closesPublicHolidays: publicHolidays,
});

/** @param names of the activation's steps. */
export function shiftView(
  { activation: { id, timeZone }, people, passed, steps }: ActivationImpact,
  { title, titles }: CampaignTitle,
  names: StepName[],
): OutlookView['activations'][number] {
  return {
    activationId: id,
    title,
    titles,
    timeZone,
    people,
    passed,
    steps: steps.map(({ step: { key, kind }, before, after }) => ({
      stepKey: key,
      kind,
      before: before.toISOString(),
      after: after?.toISOString() ?? null,
    })),
    names,
  };
}
