import { useMemo } from 'react';
import { countryCodes } from './countries';
import { useFormat } from './format';

interface Choice {
  readonly value: string;
  readonly label: string;
}

const ZONES = Intl.supportedValuesOf('timeZone');

/**
 * All countries by translated name, sorted.
 * @param kept a stored value, which is offered even if it is invalid.
 */
export function useCountries(kept = ''): Choice[] {
  const format = useFormat();
  return useMemo(
    () =>
      [...(kept === '' || countryCodes.includes(kept) ? [] : [kept]), ...countryCodes]
        .map((code) => ({ value: code, label: countryCodes.includes(code) ? format.country(code) : code }))
        .sort((a, b) => a.label.localeCompare(b.label)),
    [format, kept],
  );
}

/**
 * All time zones that the browser knows.
 * @param kept a stored value, such as an older name of a zone.
 */
export const timeZones = (kept = ''): string[] => (kept === '' || ZONES.includes(kept) ? ZONES : [kept, ...ZONES]);
