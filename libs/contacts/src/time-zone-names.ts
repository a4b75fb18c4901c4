import { findIana } from 'windows-iana';
import { isTimeZone } from '#kernel';
import { lettersOf } from './plain-letters.js';

/**
 * Names that Windows and Rails show without a city of their zone, as
 * `lettersOf` writes them.
 */
const SHOWN_NAMES: Readonly<Record<string, string>> = {
  easterntimeuscanada: 'America/New_York',
  centraltimeuscanada: 'America/Chicago',
  mountaintimeuscanada: 'America/Denver',
  pacifictimeuscanada: 'America/Los_Angeles',
  atlantictimecanada: 'America/Halifax',
  newfoundland: 'America/St_Johns',
  saskatchewan: 'America/Regina',
  arizona: 'America/Phoenix',
  indianaeast: 'America/Indiana/Indianapolis',
  alaska: 'America/Anchorage',
  hawaii: 'Pacific/Honolulu',
  easterntime: 'America/New_York',
  centraltime: 'America/Chicago',
  mountaintime: 'America/Denver',
  pacifictime: 'America/Los_Angeles',
  centraleuropeantime: 'Europe/Berlin',
  easterneuropeantime: 'Europe/Athens',
  greenwichmeantime: 'Europe/London',
  coordinateduniversaltime: 'UTC',
  beijing: 'Asia/Shanghai',
  chennai: 'Asia/Kolkata',
  mumbai: 'Asia/Kolkata',
  newdelhi: 'Asia/Kolkata',
  abudhabi: 'Asia/Dubai',
  edinburgh: 'Europe/London',
  bern: 'Europe/Zurich',
  osaka: 'Asia/Tokyo',
  sapporo: 'Asia/Tokyo',
  canberra: 'Australia/Sydney',
  wellington: 'Pacific/Auckland',
  stpetersburg: 'Europe/Moscow',
  pretoria: 'Africa/Johannesburg',
  brasilia: 'America/Sao_Paulo',
  islamabad: 'Asia/Karachi',
  kyiv: 'Europe/Kyiv',
  kiev: 'Europe/Kyiv',
  hanoi: 'Asia/Bangkok',
  milan: 'Europe/Rome',
  munich: 'Europe/Berlin',
  frankfurt: 'Europe/Berlin',
  hamburg: 'Europe/Berlin',
  barcelona: 'Europe/Madrid',
  geneva: 'Europe/Zurich',
  losangeles: 'America/Los_Angeles',
  sanfrancisco: 'America/Los_Angeles',
  seattle: 'America/Los_Angeles',
  boston: 'America/New_York',
};

/** City → zone, by the last part of each IANA name. */
let cities: Map<string, string> | null = null;

function cityZones(): Map<string, string> {
  const found = new Map<string, string>();
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const letters = lettersOf(zone.slice(zone.lastIndexOf('/') + 1));
    if (!found.has(letters)) found.set(letters, zone);
  }
  return found;
}

const canonical = (zone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;

/**
 * The zone of an IANA name, of Windows' name (`W. Europe Standard Time`), of
 * HubSpot's spelling (`us_slash_eastern`), or of what Windows and Rails show:
 * `(UTC+01:00) Amsterdam, Berlin`.
 * @returns the IANA name, or null. Offsets alone such as "+02:00" give null:
 *   they do not know summer time.
 */
export function timeZoneNamed(input: string): string | null {
  const text = input.trim().replaceAll('_slash_', '/');
  if (isTimeZone(text)) return canonical(text);
  const withUnderscores = text.replaceAll(' ', '_');
  if (text.includes('/') && isTimeZone(withUnderscores)) return canonical(withUnderscores);
  const named = findIana(text)[0];
  if (named !== undefined) return canonical(named);
  const shown = text.replace(/^\((?:UTC|GMT)[^)]{0,12}\)\s*/i, '');
  if (shown.length > 100) return null;
  cities ??= cityZones();
  for (const name of [shown, ...shown.split(/[,;/]| - /)]) {
    const letters = lettersOf(name);
    const zone = SHOWN_NAMES[letters] ?? cities.get(letters);
    if (zone !== undefined && isTimeZone(zone)) return canonical(zone);
  }
  return null;
}
