const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;
/** `2026-11-21T15:17:18.123456+00:00`, as rsyslog and journald write it. */
const EXACT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)\s/;
/** `Nov 21 15:17:18 `: neither year nor time zone. */
const ROUGH = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) /;
/** What rsyslog, journald and syslog-ng say when they have left lines out. */
const LOSS =
  /\bmessages? (?:lost|dropped)|\blost \d+ messages|begin to drop messages|suppressed \d+ messages|rate.?limit/i;

/** From when until when nothing is missing from a log, in ms of this machine's clock. */
export interface LogSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Tells of a log that is read from some line on for which time it is whole: what it does not have was not there then. */
export class LogCoverage {
  private began: Stamp | null = null;
  private last = '';

  /** @param line the next one. Where lines were left out, it begins anew. */
  note(line: string): void {
    if (LOSS.test(line)) this.began = null;
    this.began ??= stampOf(line);
    this.last = line;
  }

  /**
   * The log's own clock may be of another zone than this process's, so it only tells how long the log is; when it ends, the file system does.
   * @param writtenMs when the log was written last. @returns null where its lines have no time.
   */
  until(writtenMs: number): LogSpan | null {
    const last = stampOf(this.last);
    if (this.began === null || last === null) return null;
    const lengthMs = last.ms - this.began.ms;
    // Without a year, December comes after January; without a zone, a night of the clock change is an hour shorter than it says.
    const certainMs = last.isExact ? lengthMs : (lengthMs < -HOUR_MS ? lengthMs + YEAR_MS : lengthMs) - HOUR_MS;
    return { fromMs: writtenMs - Math.max(0, certainMs), toMs: writtenMs };
  }
}

interface Stamp {
  readonly ms: number;
  readonly isExact: boolean;
}

function stampOf(line: string): Stamp | null {
  const [exact] = EXACT.exec(line) ?? [];
  if (exact !== undefined) return stamp(Date.parse(exact.trim()), true);
  const [, month, day, time] = ROUGH.exec(line) ?? [];
  // Of two moments only what lies between them is asked; in a year without a leap day that is a day too few at worst.
  return month === undefined ? null : stamp(Date.parse(`${day} ${month} 2023 ${time} GMT`), false);
}

const stamp = (ms: number, isExact: boolean): Stamp | null => (Number.isNaN(ms) ? null : { ms, isExact });
