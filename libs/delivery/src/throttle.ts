/** How fast mail goes to a group that has asked for less: halved by each refusal, and a little faster with each minute without one (AIMD). */
export interface Throttle {
  /** Messages a minute. */
  readonly rate: number;
  /** Messages that may go at once. */
  readonly tokens: number;
  readonly countedAt: Date;
}

const MINUTE_MS = 60_000;
/** After the first refusal. */
const FIRST_RATE = 60;
const LEAST_RATE = 1;
/** Faster by so many messages a minute with each minute. */
const RECOVERY = 5;
/** From here on nobody counts. */
const FREE_FROM = 600;

/** After a refusal. @param known null before the first one. */
export function slowDown(known: Throttle | null, now: Date): Throttle {
  const rate = known === null ? FIRST_RATE : Math.max(LEAST_RATE, known.rate / 2);
  return { rate, tokens: 0, countedAt: now };
}

/** As it is now; null where nobody counts any more. */
export function recover(known: Throttle, now: Date): Throttle | null {
  const minutes = Math.max(0, (now.getTime() - known.countedAt.getTime()) / MINUTE_MS);
  const rate = known.rate + RECOVERY * minutes;
  if (rate >= FREE_FROM) return null;
  return { rate, tokens: Math.min(rate, known.tokens + known.rate * minutes), countedAt: now };
}

/** Takes what may go now of `wanted`. @returns the throttle after it, and when each of the others goes: as fast as the rate allows. */
export function takeTokens(
  throttle: Throttle,
  wanted: number,
  now: Date,
): { readonly granted: number; readonly waits: readonly Date[]; readonly throttle: Throttle } {
  const granted = Math.min(wanted, Math.floor(throttle.tokens));
  const waits = Array.from(
    { length: wanted - granted },
    (_, at) => new Date(now.getTime() + Math.ceil(((at + 1) / throttle.rate) * MINUTE_MS)),
  );
  return { granted, waits, throttle: { ...throttle, tokens: throttle.tokens - granted } };
}
