import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { DatePickerInput } from './dates';

interface DayRangeFilterProps {
  readonly label: string;
  /** Parameters of the address that hold the first and the last day. */
  readonly names: readonly [string, string];
}

/** First and last day of what a list shows, in the address. A range of which one day is chosen changes nothing. */
export function DayRangeFilter({ label, names: [first, last] }: DayRangeFilterProps) {
  const [params, setParams] = useSearchParams();
  const [days, setDays] = useState<[string | null, string | null] | null>(null);
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
      value={days ?? [params.get(first), params.get(last)]}
      allowSingleDateInRange
      clearable
      onChange={([from, to]) => {
        const isHalf = from !== null && to === null;
        setDays(isHalf ? [from, to] : null);
        if (!isHalf) choose(from, to);
      }}
      miw={200}
    />
  );
}
