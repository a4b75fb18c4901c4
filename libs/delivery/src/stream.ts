/** A partner's mail under one domain of From, and what of it may go out. */
export interface Stream {
  /** When its first look began; null before its first message. */
  readonly holdFrom: Date | null;
  readonly holdUsed: number;
  /** The day (UTC, ISO 8601) that is counted. */
  readonly day: string | null;
  /** What a day takes; null for a domain that receivers know. */
  readonly dayLimit: number | null;
  readonly dayUsed: number;
  /** The last day to which something that waits is booked, and how much. */
  readonly bookedDay: string | null;
  readonly booked: number;
}

/** What came of it lately, by which its ramp goes up or down. */
export interface StreamHealth {
  readonly submitted: number;
  readonly bounced: number;
  readonly complained: number;
}

const DAY_MS = 86_400_000;
/** Mail of a new domain: what a receiver takes without knowing it, and no more than the circuit breaker may let through. */
export const FIRST_DAY_LIMIT = 100;
/** From here on nobody counts: receivers know the domain. */
const KNOWN_FROM = 20_000;
const DOUBLES_UNTIL = 2_000;
/** A day that was hardly used says nothing about the next. */
const USED_SHARE = 0.5;
const HEALTHY = { bounced: 0.02, complained: 0.001 };
const ALL_WELL: StreamHealth = { submitted: 0, bounced: 0, complained: 0 };
/** Messages of the first look, and of each that follows a stop. */
export const INITIAL_HOLD_MESSAGES = 200;

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const startOf = (day: string): Date => new Date(`${day}T00:00:00Z`);
const dayAfter = (day: string): string => dayOf(new Date(startOf(day).getTime() + DAY_MS));

/** The limit of the next day: ×2, later ×1.5, while bounces stay under 2 % and complaints under 0.1 %; half where they do not. */
export function nextDayLimit(limit: number, taken: number, health: StreamHealth): number | null {
  const { submitted, bounced, complained } = health;
  const isHealthy = bounced <= submitted * HEALTHY.bounced && complained <= submitted * HEALTHY.complained;
  if (!isHealthy) return Math.max(FIRST_DAY_LIMIT / 2, Math.floor(limit / 2));
  if (taken < limit * USED_SHARE) return limit;
  const next = Math.floor(limit * (limit < DOUBLES_UNTIL ? 2 : 1.5));
  return next >= KNOWN_FROM ? null : next;
}

/** The stream as it is today: a new day begins with nothing taken. */
export function onDayOf(stream: Stream, now: Date, health: StreamHealth): Stream {
  const today = dayOf(now);
  if (stream.day === today) return stream;
  const { dayLimit, dayUsed } = stream;
  const limit = dayLimit === null || stream.day === null ? dayLimit : nextDayLimit(dayLimit, dayUsed, health);
  return { ...stream, day: today, dayLimit: limit, dayUsed: 0 };
}

/** What may go now, when each of the others is looked at again, and the stream after it. */
export interface StreamGrant {
  readonly granted: number;
  readonly waits: readonly { readonly reason: 'first-look' | 'warming-up'; readonly until: Date }[];
  readonly stream: Stream;
}

/**
 * Takes what may go out of `wanted`; nothing is dropped. What is over the first look waits for its end; what is over the day's limit is
 * booked to the following days, as many to each as it takes if all goes well until then: nobody asks again every day, and a ramp that goes up
 * is used. What is booked to a day that takes less after all is booked anew.
 * @param holdMs how long the first look lasts; 0 for none.
 */
export function grantFrom(stream: Stream, wanted: number, now: Date, holdMs: number): StreamGrant {
  const holdFrom = stream.holdFrom ?? now;
  const holdEnds = new Date(holdFrom.getTime() + holdMs);
  const isHolding = holdEnds > now;
  const inHold = isHolding ? Math.max(0, INITIAL_HOLD_MESSAGES - stream.holdUsed) : wanted;
  const inDay = stream.dayLimit === null ? wanted : Math.max(0, stream.dayLimit - stream.dayUsed);
  const granted = Math.min(wanted, inHold, inDay);
  const taken: Stream = {
    ...stream,
    holdFrom,
    holdUsed: stream.holdUsed + granted,
    dayUsed: stream.dayUsed + granted,
  };
  // Today's end comes first: what the day does not take does not go after the look either.
  const afterHold = Math.min(wanted, inDay) - granted;
  const booked = book(taken, wanted - granted - afterHold, now);
  return {
    granted,
    waits: [
      ...Array.from({ length: afterHold }, () => ({ reason: 'first-look' as const, until: holdEnds })),
      ...booked.days.map((day) => ({ reason: 'warming-up' as const, until: startOf(day) })),
    ],
    stream: booked.stream,
  };
}

function book(stream: Stream, count: number, now: Date): { stream: Stream; days: string[] } {
  const today = dayOf(now);
  const tomorrow = dayAfter(today);
  const { bookedDay, dayLimit } = stream;
  const last = { day: tomorrow, booked: 0 };
  if (bookedDay !== null && bookedDay >= tomorrow) Object.assign(last, { day: bookedDay, booked: stream.booked });
  let limit = limitOn(last.day, today, dayLimit);
  const days = Array.from({ length: count }, () => {
    if (limit !== null && last.booked >= limit) {
      Object.assign(last, { day: dayAfter(last.day), booked: 0 });
      limit = nextDayLimit(limit, limit, ALL_WELL);
    }
    last.booked += 1;
    return last.day;
  });
  return { days, stream: count === 0 ? stream : { ...stream, bookedDay: last.day, booked: last.booked } };
}

/** What a day to come takes, if each day until then is full and goes well. */
function limitOn(day: string, today: string, limit: number | null): number | null {
  for (let at = today; at < day && limit !== null; at = dayAfter(at)) limit = nextDayLimit(limit, limit, ALL_WELL);
  return limit;
}
