import type { PartnerCalendar as View } from '#contracts';
import type { PartnerCalendar } from '#sequencing';

export const calendarView = ({ blackouts, holidays }: PartnerCalendar): View => ({
  blackouts: blackouts.map(({ from, to }) => ({ from, to })),
  holidays: Object.fromEntries(Object.entries(holidays).map(([country, dates]) => [country, [...dates]])),
});
