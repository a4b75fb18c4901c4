import { grantFrom, type Stream, onDayOf } from '#delivery';
import { dayOf, nextDay, placesOfDay } from '../enrolment/day-places.js';
import type { WaitReason } from '../enrolment/reason.js';

/** When somebody asks for a place, among all who do: by moment, then as the scheduler takes them. */
export interface Turn {
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
export interface Wait {
  readonly reason: WaitReason;
  readonly until: Date;
}

/** What limits leave of a day and of a stream. Null: there is a place, and it is taken. */
export interface Places {
  /** Asked when a message is planned. */
  ofDay(turn: Turn): Wait | null;
  /** Asked when it is handed off. */
  ofStream(turn: Turn): Wait | null;
  /** Whether nobody will be told to wait from a turn on: then nobody needs to ask. */
  areEnough(turn: Turn): boolean;
}

/** What the places are of, as it is at the start. */
export interface Limits {
  /** How many e-mails of the campaign a day (UTC) takes; null: any number. */
  readonly perDay: number | null;
  /** What is taken already, by day. */
  readonly takenOn: ReadonlyMap<string, number>;
  /** Null where nobody counts. */
  readonly stream: Stream | null;
  /** How long a first look lasts. */
  readonly holdMs: number;
}

/** Nobody has bounced yet in what has not been sent. */
const NOTHING_CAME_BACK = { submitted: 0, bounced: 0, complained: 0 };

/** Whether anybody may have to wait. */
export const isLimited = ({ perDay, stream, holdMs }: Limits, from: Date): boolean =>
  perDay !== null || (stream !== null && !isFree(stream, from.getTime(), holdMs));

/** Of nothing that is limited. */
export const ENOUGH_PLACES: Places = { ofDay: () => null, ofStream: () => null, areEnough: () => true };

/** Takes places for one after the other, in the order of their turns, by the rules that grant them in the real run. */
export class TakenPlaces implements Places {
  private readonly days = new Answers();
  private readonly streams = new Answers();
  private readonly takenOn: Map<string, number>;
  private stream: Stream | null;

  constructor(private readonly limits: Limits) {
    this.takenOn = new Map(limits.takenOn);
    this.stream = limits.stream;
  }

  ofDay(turn: Turn): Wait | null {
    const { perDay } = this.limits;
    if (perDay === null) return null;
    const now = new Date(turn.at);
    const day = dayOf(now);
    const taken = this.takenOn.get(day) ?? 0;
    const granted = placesOfDay(perDay, taken, 1);
    this.takenOn.set(day, taken + granted);
    return this.days.note(turn, granted === 1 ? null : { reason: 'day-full', until: nextDay(now) });
  }

  ofStream(turn: Turn): Wait | null {
    if (this.stream === null || isFree(this.stream, turn.at, this.limits.holdMs)) return this.streams.note(turn, null);
    const now = new Date(turn.at);
    const { waits, stream } = grantFrom(onDayOf(this.stream, now, NOTHING_CAME_BACK), 1, now, this.limits.holdMs);
    this.stream = stream;
    return this.streams.note(turn, waits[0] ?? null);
  }

  areEnough(turn: Turn): boolean {
    if (this.limits.perDay !== null || (this.stream !== null && !isFree(this.stream, turn.at, this.limits.holdMs)))
      return false;
    this.streams.note(turn, null);
    return true;
  }

  /** The same places for those who ask again, in whatever order: everybody is told what they were told then. */
  known(): Places {
    const [days, streams] = [this.days, this.streams];
    return { ofDay: (turn) => days.at(turn), ofStream: (turn) => streams.at(turn), areEnough: () => false };
  }
}

/** Answers to turns in their order. They change seldom: what is kept are the turns from which on there is another one. */
class Answers {
  private readonly from: { readonly turn: Turn; readonly answer: Wait | null }[] = [];

  note(turn: Turn, answer: Wait | null): Wait | null {
    const last = this.from.at(-1)?.answer ?? null;
    const isSame = last?.reason === answer?.reason && last?.until.getTime() === answer?.until.getTime();
    if (!isSame) this.from.push({ turn, answer });
    return answer;
  }

  at(turn: Turn): Wait | null {
    let [low, high] = [0, this.from.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const found = this.from[middle];
      if (found !== undefined && inOrder(found.turn, turn) <= 0) low = middle + 1;
      else high = middle;
    }
    return this.from[low - 1]?.answer ?? null;
  }
}

/** Which of two turns comes first. */
export function inOrder(a: Turn, b: Turn): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.again !== b.again) return a.again - b.again;
  if (a.kind !== b.kind) return a.kind === 'claim' ? -1 : 1;
  if (a.dueAt !== b.dueAt) return a.dueAt - b.dueAt;
  return a.contactId < b.contactId ? -1 : Number(a.contactId > b.contactId);
}

const isFree = ({ dayLimit, holdFrom }: Stream, at: number, holdMs: number): boolean =>
  dayLimit === null && (holdMs === 0 || (holdFrom !== null && holdFrom.getTime() + holdMs <= at));
