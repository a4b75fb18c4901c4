import { Temporal } from 'temporal-polyfill';
import type { SequenceDefinition } from '#content';

export type SendWindow = SequenceDefinition['window'];

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/**
 * The first moment at or after `from` that lies within the window of somebody's own clock. A time that a clock change
 * skips is taken as it shows afterwards; of a time that comes twice, the first counts ("compatible", RFC 5545 and Temporal).
 */
export function nextInWindow(from: Date, zone: string, window: SendWindow): Date {
  const start = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(zone);
  const opens = Temporal.PlainTime.from(window.from);
  const closes = Temporal.PlainTime.from(window.to);
  for (let ahead = 0; ahead <= 14; ahead++) {
    const day = start.toPlainDate().add({ days: ahead });
    const name = DAYS[day.dayOfWeek - 1];
    if (name === undefined || !(window.weekdays as readonly string[]).includes(name)) continue;
    const opening = day.toZonedDateTime({ timeZone: zone, plainTime: opens });
    const closing = day.toZonedDateTime({ timeZone: zone, plainTime: closes });
    const at = Temporal.ZonedDateTime.compare(start, opening) > 0 ? start : opening;
    if (Temporal.ZonedDateTime.compare(at, closing) < 0) return new Date(at.epochMilliseconds);
  }
  throw new RangeError('The window opens on no day of two weeks.');
}

/** Moves a moment by a wait: whole days keep the local time of day across clock changes, the rest is exact. */
export function afterWait(from: Date, hours: number, zone: string): Date {
  const days = Math.trunc(hours / 24);
  const moved = Temporal.Instant.fromEpochMilliseconds(from.getTime())
    .toZonedDateTimeISO(zone)
    .add({ days })
    .add({ hours: hours - days * 24 });
  return new Date(moved.epochMilliseconds);
}

export interface PlannedStep {
  readonly key: string;
  readonly emailKey: string;
  readonly at: Date;
}

/** When each e-mail of a sequence goes to somebody in `zone` who starts at `startAt`. */
export function plannedCalendar(sequence: SequenceDefinition, startAt: Date, zone: string): PlannedStep[] {
  const planned: PlannedStep[] = [];
  let at = startAt;
  for (const step of sequence.steps) {
    if (step.kind === 'wait') at = afterWait(at, step.hours, zone);
    else {
      at = nextInWindow(at, zone, sequence.window);
      planned.push({ key: step.key, emailKey: step.email, at });
    }
  }
  return planned;
}
