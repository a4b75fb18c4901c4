import { grantFrom, type Stream, onDayOf } from '#delivery';
import { dayOf, nextDay, grantedOfDay } from '../enrolment/daily-quota.js';
import type { WaitReason } from '../enrolment/reason.js';

/**
 * When somebody asks for a place, among all who do: by moment, then as the
 * scheduler takes them.
 */
export interface SimulatedAttempt {
  readonly at: number;
  /** How often this contact has had a turn at this very moment before. */
  readonly again: number;
  /** What is claimed comes before what is tried once more. */
  readonly kind: 'claim' | 'retry';
  /** When its message fell due. */
  readonly dueAt: number;
  /** Enrolments are made in the order of contacts. */
  readonly contactId: string;
}

/** Until when a message waits for a place, and why. */
export interface QuotaWait {
  readonly reason: WaitReason;
  readonly until: Date;
}

/**
 * What limits leave of a day and of a stream. Null: there is a place, and it is
 * taken.
 */
export interface Quotas {
  /** Asked when a message is planned. */
  takeFromDay(turn: SimulatedAttempt): QuotaWait | null;
  /** Asked when it is handed off. */
  takeFromStream(turn: SimulatedAttempt): QuotaWait | null;
  /**
   * Whether nobody will be told to wait from a turn on: then nobody needs to
   * ask.
   */
  areUnlimited(turn: SimulatedAttempt): boolean;
}

/** What the places are of, as it is at the start. */
export interface QuotaLimits {
  /** How many e-mails of the campaign a day (UTC) takes; null: any number. */
  readonly perDay: number | null;
  /** What is taken already, by day. */
  readonly usedOn: ReadonlyMap<string, number>;
  /** Null where nobody counts. */
  readonly stream: Stream | null;
  /** How long a first look lasts. */
  readonly holdMs: number;
}

/** Nobody has bounced yet in what has not been sent. */
const NO_RETURNS = { submitted: 0, bounced: 0, complained: 0 };

/** Whether anybody may have to wait. */
export const isLimited = ({ perDay, stream, holdMs }: QuotaLimits, from: Date): boolean =>
  perDay !== null || (stream !== null && !isFree(stream, from.getTime(), holdMs));

/** Of nothing that is limited. */
export const NO_QUOTAS: Quotas = { takeFromDay: () => null, takeFromStream: () => null, areUnlimited: () => true };

/**
 * Takes places for one after the other, in the order of their turns, by the
 * rules that grant them in the real run.
 */
export class QuotaLedger implements Quotas {
  private readonly days = new AnswerHistory();
  private readonly streams = new AnswerHistory();
  private readonly takenOn: Map<string, number>;
  private stream: Stream | null;

  constructor(private readonly limits: QuotaLimits) {
    this.takenOn = new Map(limits.usedOn);
    this.stream = limits.stream;
  }

  takeFromDay(turn: SimulatedAttempt): QuotaWait | null {
    const { perDay } = this.limits;
    if (perDay === null) return null;
    const now = new Date(turn.at);
    const day = dayOf(now);
    const taken = this.takenOn.get(day) ?? 0;
    const granted = grantedOfDay(perDay, taken, 1);
    this.takenOn.set(day, taken + granted);
    return this.days.record(turn, granted === 1 ? null : { reason: 'day-full', until: nextDay(now) });
  }

  takeFromStream(turn: SimulatedAttempt): QuotaWait | null {
    if (this.stream === null || isFree(this.stream, turn.at, this.limits.holdMs))
      return this.streams.record(turn, null);
    const now = new Date(turn.at);
    const { waits, stream } = grantFrom(onDayOf(this.stream, now, NO_RETURNS), 1, now, this.limits.holdMs);
    this.stream = stream;
    return this.streams.record(turn, waits[0] ?? null);
  }

  areUnlimited(turn: SimulatedAttempt): boolean {
    if (this.limits.perDay !== null || (this.stream !== null && !isFree(this.stream, turn.at, this.limits.holdMs)))
      return false;
    this.streams.record(turn, null);
    return true;
  }

  /**
   * The same places for those who ask again, in whatever order: everybody is
   * told what they were told then.
   */
  replay(): Quotas {
    const [days, streams] = [this.days, this.streams];
    return {
      takeFromDay: (turn) => days.at(turn),
      takeFromStream: (turn) => streams.at(turn),
      areUnlimited: () => false,
    };
  }
}

/**
 * Answers to turns in their order. They change seldom: what is kept are the
 * turns from which on there is another one.
 */
class AnswerHistory {
  private readonly from: { readonly turn: SimulatedAttempt; readonly answer: QuotaWait | null }[] = [];

  record(turn: SimulatedAttempt, answer: QuotaWait | null): QuotaWait | null {
    const last = this.from.at(-1)?.answer ?? null;
    const isSame = last?.reason === answer?.reason && last?.until.getTime() === answer?.until.getTime();
    if (!isSame) this.from.push({ turn, answer });
    return answer;
  }

  at(turn: SimulatedAttempt): QuotaWait | null {
    let [low, high] = [0, this.from.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const found = this.from[middle];
      if (found !== undefined && compareAttempts(found.turn, turn) <= 0) low = middle + 1;
      else high = middle;
    }
    return this.from[low - 1]?.answer ?? null;
  }
}

/** Which of two turns comes first. */
export function compareAttempts(a: SimulatedAttempt, b: SimulatedAttempt): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.again !== b.again) return a.again - b.again;
  if (a.kind !== b.kind) return a.kind === 'claim' ? -1 : 1;
  if (a.dueAt !== b.dueAt) return a.dueAt - b.dueAt;
  return a.contactId < b.contactId ? -1 : Number(a.contactId > b.contactId);
}

const isFree = ({ dayLimit, holdFrom }: Stream, at: number, holdMs: number): boolean =>
  dayLimit === null && (holdMs === 0 || (holdFrom !== null && holdFrom.getTime() + holdMs <= at));
