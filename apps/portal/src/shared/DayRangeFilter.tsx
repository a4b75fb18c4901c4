import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { isDay } from './address-values';
import { DatePickerInput } from './dates';

interface DayRangeFilterProps {
  readonly label: string;
  /** Parameters of the address that hold the first and the last day. */
  readonly names: readonly [string, string];
}

/**
 * First and last day of what a list shows, in the address. A range of which one day is chosen changes nothing, however
 * the calendar is closed.
 */
export function DayRangeFilter({ label, names: [first, last] }: DayRangeFilterProps) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const [days, setDays] = useState<[string | null, string | null] | null>(null);
  const dayOf = (name: string): string | null => {
    const value = params.get(name)?.trim() ?? '';
    return isDay(value) ? value : null;
  };
  const choose = (from: string | null, to: string | null): void =>
    setParams(
      (before) => {
        for (const [name, day] of [
          [first, from],
          [last, to],
        ] as const)
          if (day === null) before.delete(name);
          else before.set(name, day);
        return before;
      },
      { replace: true },
    );
  return (
    <DatePickerInput
      type="range"
      label={label}
      leftSection={<IconCalendar size={16} aria-hidden />}
      value={days ?? [dayOf(first), dayOf(last)]}
      allowSingleDateInRange
      clearable
      clearButtonProps={{
        'aria-label': t('attributes.clearDay', { name: label }),
        onClick: () => {
          setDays(null);
          choose(null, null);
        },
      }}
      // It also closes an open calendar.
      onClick={() => setDays(null)}
      onChange={([from, to]) => {
        setDays(from !== null && to === null ? [from, to] : null);
        // Without days it was closed with one of two, and not cleared.
        if (from !== null && to !== null) choose(from, to);
      }}
      miw={200}
    />
  );
}
