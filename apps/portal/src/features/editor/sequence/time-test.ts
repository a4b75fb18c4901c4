import type { WrittenSendTime } from './steps';

const DAY_START = 9 * 60;
const DAY_END = 17 * 60;

/** The first two times of a test: the two halves of the send times of the sequence. */
export function firstTimes({
  from,
  to,
}: {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}): readonly WrittenSendTime[] {
  const [opens, closes] = [minutesOf(from) ?? DAY_START, minutesOf(to) ?? DAY_END];
  // On a full quarter of an hour, as people choose times.
  const middle = Math.round((opens + closes) / 2 / 15) * 15;
  return [
    { from: clock(opens), to: clock(middle) },
    { from: clock(middle), to: clock(closes) },
  ];
}

function minutesOf(time: string | undefined): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(time ?? '') ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
