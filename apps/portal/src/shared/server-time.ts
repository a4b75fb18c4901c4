import { useEffect, useState } from 'react';

const TICK_MS = 1_000;

/**
 * The server's time, every second. The clock of a browser may differ, and the
 * calendar of a demonstration can be moved.
 * @param asOf the server's time in its last answer.
 * @returns milliseconds since 1970.
 */
export function useServerTime(asOf: string): number {
  const [time, setTime] = useState({ asOf, passedMs: 0 });
  useEffect(() => {
    const begun = performance.now();
    const timer = setInterval(() => setTime({ asOf, passedMs: performance.now() - begun }), TICK_MS);
    return () => clearInterval(timer);
  }, [asOf]);
  return new Date(asOf).getTime() + (time.asOf === asOf ? time.passedMs : 0);
}
