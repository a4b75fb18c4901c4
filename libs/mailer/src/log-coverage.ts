import { HOUR_MS, MINUTE_MS } from '#kernel';

const YEAR_MS = 365 * 24 * HOUR_MS;
/** Time zones differ by multiples of 15 minutes. */
const QUARTER_MS = 15 * MINUTE_MS;
/** Maximum delay between the time stamp and the write of a line. */
const LATE_MS = 2 * MINUTE_MS;
/** `2026-11-21T15:17:18.123456+00:00`, as rsyslog and journald write it. */
const EXACT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)\s/;
/** `Nov 21 15:17:18 `: without year and time zone. */
const ROUGH = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) /;
/** A line of Postfix, which may quote any text. */
const OF_POSTFIX = /\spostfix[^\s/]*\/\S+\[\d+\]: /;
/** A line of smtpd. Only its lines prove that smtpd's lines arrive. */
const OF_TAKER = /\spostfix\S*\/smtpd\[\d+\]: /;
/** What rsyslog, journald and syslog-ng write when they dropped lines. */
const LOSS =
  /\bmessages? (?:lost|dropped)|\b(?:lost|missed) \d+ messages|begin to drop messages|suppressed \d+ messages|rate.?limit/i;

/** The time for which a log is complete, in ms of this machine's clock. */
export interface LogSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Determines for which time a log is complete: a message it does not contain
 * was not there then.
 */
export class LogCoverage {
  private began: Stamp | null = null;
  private last = '';
  private lastOfTaker = '';
  private isNextFile = false;

  /**
   * @param line the next line. After dropped lines the coverage starts again.
   */
  addLine(line: string): void {
    if (this.isNextFile && !this.continuesAt(line)) this.began = null;
    this.isNextFile = false;
    if (LOSS.test(line) && !OF_POSTFIX.test(line)) this.began = null;
    this.began ??= stampOf(line);
    this.last = line;
    if (OF_TAKER.test(line)) this.lastOfTaker = line;
  }

  /** The next lines are from another file, which must continue this one. */
  nextFile(): void {
    this.isNextFile = this.last !== '';
  }

  /**
   * For stamps without a zone, the zone is derived from the file's modification
   * time.
   * @param writtenMs last modification of the log.
   * @returns null if the lines have no usable time.
   */
  spanUntil(writtenMs: number): LogSpan | null {
    const [last, taken] = [stampOf(this.last), stampOf(this.lastOfTaker)];
    if (this.began === null || last === null || taken === null) return null;
    const lagMs = writtenMs - last.ms;
    const zoneMs = last.isExact ? 0 : Math.round(lagMs / QUARTER_MS) * QUARTER_MS;
    if (Math.abs(lagMs - zoneMs) > LATE_MS && !last.isExact) return null;
    // Without a year, December seems to come after January. Without a zone, the
    // night of a clock change seems an hour shorter than it is.
    const isOfYearBefore = !last.isExact && this.began.ms > last.ms + HOUR_MS;
    const fromMs = this.began.ms + zoneMs - (isOfYearBefore ? YEAR_MS : 0) + (last.isExact ? 0 : HOUR_MS);
    return { fromMs, toMs: Math.min(taken.ms + zoneMs, writtenMs) };
  }

  private continuesAt(line: string): boolean {
    const [before, next] = [stampOf(this.last), stampOf(line)];
    if (before === null || next === null || before.isExact !== next.isExact) return false;
    // Lines of one second may be in any order.
    // Once a year the clock goes back by an hour, and the year restarts.
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
  // Only differences between stamps are used.
  // In a leap year, at worst, a day is missing.
  return month === undefined ? null : stamp(Date.parse(`${day} ${month} 2023 ${time} GMT`), false);
}

const stamp = (ms: number, isExact: boolean): Stamp | null => (Number.isNaN(ms) ? null : { ms, isExact });
