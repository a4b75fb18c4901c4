const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The next Monday at ten, London time or an hour off: within everybody's office hours there, whatever the season. */
export function mondayMorning(from: Date): Date {
  const days = (8 - from.getUTCDay()) % 7 || 7;
  return new Date(Math.floor(from.getTime() / DAY_MS) * DAY_MS + days * DAY_MS + 10 * HOUR_MS);
}
