import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DateWindow } from './window';
import { DatePickerInput } from '../../shared/dates';

interface WindowPickerProps {
  /** The displayed period; undefined while loading. */
  readonly window: DateWindow | undefined;
  readonly onWindow: (window: DateWindow) => void;
}

/**
 * First and last day of the period.
 * An incomplete choice changes nothing.
 */
export function WindowPicker({ window, onWindow }: WindowPickerProps) {
  const { t } = useTranslation();
  const [days, setDays] = useState<[string | null, string | null] | null>(null);
  return (
    <DatePickerInput
      type="range"
      label={t('results.window')}
      leftSection={<IconCalendar size={16} aria-hidden />}
      value={days ?? [window?.from ?? null, window?.to ?? null]}
      allowSingleDateInRange
      onChange={([from, to]) => {
        const isWhole = from !== null && to !== null;
        setDays(isWhole ? null : [from, to]);
        if (isWhole) onWindow({ from, to });
      }}
      miw={250}
    />
  );
}
