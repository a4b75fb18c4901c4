import type { KeptCalendar } from '#activations';
import type { CalendarOutlook as OutlookView, KeptCalendar as View } from '#contracts';
import type { ForeseenShift } from '#sequences';

export const calendarView = ({ blackouts, holidays, holidayNames, version }: KeptCalendar): View => ({
  blackouts: blackouts.map(({ from, to, name }) => ({ from, to, ...(name === undefined ? {} : { name }) })),
  holidays: Object.fromEntries(Object.entries(holidays).map(([country, dates]) => [country, [...dates]])),
  holidayNames: Object.fromEntries(Object.entries(holidayNames).map(([country, names]) => [country, { ...names }])),
  version,
});

export const shiftView =
  (titleOf: (activationId: ForeseenShift['activation']['id']) => string) =>
  ({ activation: { id, timeZone }, people, passed, steps }: ForeseenShift): OutlookView['activations'][number] => ({
    activationId: id,
    title: titleOf(id),
    timeZone,
    people,
    passed,
    steps: steps.map(({ step: { key, kind }, before, after }) => ({
      stepKey: key,
      kind,
      before: before.toISOString(),
      after: after?.toISOString() ?? null,
    })),
  });
