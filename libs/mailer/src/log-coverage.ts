const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const YEAR_MS = 365 * 24 * HOUR_MS;
/** Zones differ by whole quarters of an hour. */
const QUARTER_MS = 15 * MINUTE_MS;
/** Between a line's stamp and its being written, at most. */
const LATE_MS = 2 * MINUTE_MS;
/** `2026-11-21T15:17:18.123456+00:00`, as rsyslog and journald write it. */
const EXACT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)\s/;
/** `Nov 21 15:17:18 `: neither year nor time zone. */
const ROUGH = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) /;
/** What Postfix says itself, which may quote anybody. */
const OF_POSTFIX = /\spostfix[^\s/]*\/\S+\[\d+\]: /;
/** Lines of the process that takes messages: what others write does not tell that its lines arrive. */
const OF_TAKER = /\spostfix\S*\/smtpd\[\d+\]: /;
/** What rsyslog, journald and syslog-ng say when they have left lines out. */
const LOSS =
  /\bmessages? (?:lost|dropped)|\b(?:lost|missed) \d+ messages|begin to drop messages|suppressed \d+ messages|rate.?limit/i;

/** From when until when nothing is missing from a log, in ms of this machine's clock. */
export interface LogSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Tells of a log that is read from some line on for which time it is whole: what it does not have was not there then. */
export class LogCoverage {
  private began: Stamp | null = null;
  private last = '';
  private lastOfTaker = '';
  private isNextFile = false;

  /** @param line the next one. Where lines were left out, it begins anew. */
  addLine(line: string): void {
    if (this.isNextFile && !this.goesOnAt(line)) this.began = null;
    this.isNextFile = false;
    if (LOSS.test(line) && !OF_POSTFIX.test(line)) this.began = null;
    this.began ??= stampOf(line);
    this.last = line;
    if (OF_TAKER.test(line)) this.lastOfTaker = line;
  }

  /** What is noted from now on stands in another file: it has to go on where this one ends. */
  nextFile(): void {
    this.isNextFile = this.last !== '';
  }

  /**
   * Where stamps have no zone, what they lag behind the file system by is one.
   * @param writtenMs when the log was written last. @returns null where its lines have no time, or came long after it.
   */
  spanUntil(writtenMs: number): LogSpan | null {
    const [last, taken] = [stampOf(this.last), stampOf(this.lastOfTaker)];
    if (this.began === null || last === null || taken === null) return null;
    const lagMs = writtenMs - last.ms;
    const zoneMs = last.isExact ? 0 : Math.round(lagMs / QUARTER_MS) * QUARTER_MS;
    if (Math.abs(lagMs - zoneMs) > LATE_MS && !last.isExact) return null;
    // Without a year, December comes after January; without a zone, a night of the clock change is an hour shorter than it says.
    const isOfYearBefore = !last.isExact && this.began.ms > last.ms + HOUR_MS;
    const fromMs = this.began.ms + zoneMs - (isOfYearBefore ? YEAR_MS : 0) + (last.isExact ? 0 : HOUR_MS);
    return { fromMs, toMs: Math.min(taken.ms + zoneMs, writtenMs) };
  }

  private goesOnAt(line: string): boolean {
    const [before, next] = [stampOf(this.last), stampOf(line)];
    if (before === null || next === null || before.isExact !== next.isExact) return false;
    // Lines of one second may be in any order; the clock goes back by an hour once a year, and the year ends.
    const backMs = before.ms - next.ms;
    return backMs <= MINUTE_MS || (!next.isExact && (backMs <= HOUR_MS || backMs > YEAR_MS / 2));
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
