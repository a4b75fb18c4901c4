import { useMemo } from 'react';
import { countryCodes } from './countries';
import { useFormat } from './format';

interface Choice {
  readonly value: string;
  readonly label: string;
}

const ZONES = Intl.supportedValuesOf('timeZone');

/** Every country by its name in the reader's language, in that order. @param kept a value that is there already, and stays to be seen though it is none. */
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

/** Every time zone that the browser knows. @param kept as with countries: an older name of a zone is still one. */
export const timeZones = (kept = ''): string[] => (kept === '' || ZONES.includes(kept) ? ZONES : [kept, ...ZONES]);
