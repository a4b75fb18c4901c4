import { useFormat } from '../../shared/format';

/** How a chart names its days: with the year where they are of several. The chart itself knows a day by its whole date. */
export function useDayAxis(days: readonly string[]) {
  const format = useFormat();
  const years = new Set(days.map((day) => day.slice(0, 4)));
  const dayText = (day: string): string => (years.size > 1 ? format.shortDayOfYear(day) : format.shortDay(day));
  return {
    xAxisProps: { tickFormatter: (day: string) => dayText(day) },
    // While the pointer is at no day, the label is no date.
    tooltipProps: {
      labelFormatter: (day: unknown) => (typeof day === 'string' && day !== '' ? format.day(day) : null),
    },
  };
}
