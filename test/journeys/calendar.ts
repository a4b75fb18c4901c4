import { DAY_MS, HOUR_MS } from '#kernel';

/**
 * The next Monday at ten, in London time or one hour off.
 * That is within the office hours of every contact there, in summer and winter.
 */
export function mondayMorning(from: Date): Date {
  const days = (8 - from.getUTCDay()) % 7 || 7;
  return new Date(Math.floor(from.getTime() / DAY_MS) * DAY_MS + days * DAY_MS + 10 * HOUR_MS);
}

const ZONES = [
  'Pacific/Auckland',
  'Asia/Tokyo',
  'Asia/Dubai',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
  'Pacific/Honolulu',
];

/**
 * A time zone where it is daytime for hours to come, for processes whose clock
 * cannot be moved.
 */
export function zoneWithDay(now: Date): string {
  const hourIn = (timeZone: string): number =>
    Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone }).format(now));
  const found = ZONES.find((zone) => hourIn(zone) >= 6 && hourIn(zone) < 18);
  if (found === undefined) throw new Error('It is night everywhere, which cannot be.');
  return found;
}
