import { grantFrom, type Stream, onDayOf } from '#delivery';
import { dayOf, nextDay, grantedOfDay } from '../enrolment/daily-quota.js';
import type { WaitReason } from '../enrolment/reason.js';

/**
 * One attempt of a contact to use a quota. Attempts are ordered by moment, then
 * as the scheduler orders them.
 */
export interface SimulatedAttempt {
  readonly at: number;
  /** Earlier attempts of this contact at exactly this moment. */
  readonly again: number;
  /** Claims come before retries. */
  readonly kind: 'claim' | 'retry';
  /** When the message fell due, in milliseconds since the epoch. */
  readonly dueAt: number;
  /** Last criterion: enrolments are created in order of contact ids. */
  readonly contactId: string;
}

/** Until when a message waits for a quota, and why. */
export interface QuotaWait {
  readonly reason: WaitReason;
  readonly until: Date;
}

/**
 * What is left of daily limits and streams. `takeFromDay` and `takeFromStream`
 * use the quota and return null, or return the wait.
 */
export interface Quotas {
  /** Called when a message is planned. */
  takeFromDay(turn: SimulatedAttempt): QuotaWait | null;
  /** Called when a message is released. */
  takeFromStream(turn: SimulatedAttempt): QuotaWait | null;
  /**
   * Whether no later attempt has to wait: then the quotas need not be asked.
   */
  areUnlimited(turn: SimulatedAttempt): boolean;
}

/** The limits and their use at the start of the simulation. */
export interface QuotaLimits {
  /** E-mails of the campaign per day (UTC); null: no limit. */
  readonly perDay: number | null;
  /** E-mails that count already, by day. */
  readonly usedOn: ReadonlyMap<string, number>;
  /** Null if the stream has no limits. */
  readonly stream: Stream | null;
  /** Duration of the initial hold. */
  readonly holdMs: number;
}

/** The simulation has no bounces or complaints. */
const NO_RETURNS = { submitted: 0, bounced: 0, complained: 0 };

/** Whether a contact may have to wait. */
export const isLimited = ({ perDay, stream, holdMs }: QuotaLimits, from: Date): boolean =>
  perDay !== null || (stream !== null && !isFree(stream, from.getTime(), holdMs));

/** Quotas of a run without limits. */
export const NO_QUOTAS: Quotas = { takeFromDay: () => null, takeFromStream: () => null, areUnlimited: () => true };

/** Uses quotas in the order of attempts, by the rules of a real run. */
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
   * @returns quotas that repeat the answers of this run, in any order of calls.
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
 * Answers by attempt. Answers seldom change, so only the attempts are stored
 * from which on the answer is another one.
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

/** Compares two attempts by their order. */
export function compareAttempts(a: SimulatedAttempt, b: SimulatedAttempt): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.again !== b.again) return a.again - b.again;
  if (a.kind !== b.kind) return a.kind === 'claim' ? -1 : 1;
  if (a.dueAt !== b.dueAt) return a.dueAt - b.dueAt;
  return a.contactId < b.contactId ? -1 : Number(a.contactId > b.contactId);
}

const isFree = ({ dayLimit, holdFrom }: Stream, at: number, holdMs: number): boolean =>
  dayLimit === null && (holdMs === 0 || (holdFrom !== null && holdFrom.getTime() + holdMs <= at));
