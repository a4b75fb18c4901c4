import { useFormat } from '../../shared/format';

/**
 * How a chart names its days: with the year where they are of several. The chart itself knows a day by its whole date.
 * @param areMonths whether each day stands for its month.
 */
export function useDayAxis(days: readonly string[], areMonths = false) {
  const format = useFormat();
  const years = new Set(days.map((day) => day.slice(0, 4)));
  const dayText = (day: string): string => {
    if (areMonths) return years.size > 1 ? format.month(day) : format.shortMonth(day);
    return years.size > 1 ? format.shortDayOfYear(day) : format.shortDay(day);
  };
  return {
    xAxisProps: { tickFormatter: (day: string) => dayText(day) },
    // While the pointer is at no day, the label is no date.
    tooltipProps: {
      labelFormatter: (day: unknown) =>
        typeof day === 'string' && day !== '' ? (areMonths ? format.month(day) : format.day(day)) : null,
    },
  };
}
