import type { ContactForSending, SendDecision } from '#contacts';
import type { ContactId, Locale } from '#kernel';
import type { RehearsedStep } from '#sequencing';
import type { ReasonCode } from './reason.js';
import type { ZoneSource } from './contact-clock.js';

/** One decision on one contact, before there is any. */
export interface ForeseenStep {
  readonly stepKey: string;
  readonly kind: RehearsedStep['step']['kind'];
  /** From 1: how often this step has come up for the contact. */
  readonly round: number;
  readonly at: Date;
  /** `done`: an action that is no e-mail. */
  readonly outcome: 'sent' | 'skipped' | 'failed' | 'done';
  /** Null for what is done. */
  readonly reason: ReasonCode | null;
}

/** What one contact would get when, and what not and why. */
export interface ForeseenPerson {
  readonly contact: Pick<ContactForSending, 'id' | 'email' | 'firstName' | 'lastName'>;
  readonly locale: Locale;
  readonly zone: string;
  readonly zoneSource: ZoneSource;
  readonly steps: readonly ForeseenStep[];
  readonly end: 'completed' | 'exited' | 'later' | 'not-enrolled';
}

/** What is known of the permission to write to one contact, over time. */
export interface Permission {
  readonly decision: SendDecision;
  readonly hasRefusedTopic: boolean;
  /** Days between mails that the contact wants at least; null: any. */
  readonly everyDays: number | null;
  readonly lastMailAt: Date | null;
  /** When this partner has taken touches of the contact's allowance. */
  readonly touches: readonly Date[];
}

/** How many would get a step, and why others would not. */
interface StepForecast {
  readonly stepKey: string;
  readonly kind: ForeseenStep['kind'];
  readonly done: number;
  readonly first: Date | null;
  readonly last: Date | null;
  readonly reasons: ReadonlyMap<ReasonCode, number>;
}

/** A list's whole forecast. */
export interface DryRun {
  readonly startAt: Date;
  readonly until: Date;
  /** The partner's: whose calendar the days are of. */
  readonly timeZone: string;
  readonly total: number;
  /** Who gets at least one e-mail. */
  readonly reached: number;
  /** Whose way goes on after what was looked at. */
  readonly later: number;
  readonly steps: readonly StepForecast[];
  /** How many get a step on a day of the partner's calendar, in order. */
  readonly days: readonly { readonly on: string; readonly stepKey: string; readonly count: number }[];
  /** From which source the zones of contacts are. */
  readonly zones: ReadonlyMap<ZoneSource, number>;
}

/** Adds people up, one after the other: the forecast of half a million needs no more memory than that of ten. */
export class Forecast {
  private total = 0;
  private reached = 0;
  private later = 0;
  private readonly steps = new Map<string, Tally>();
  private readonly days = new Map<string, number>();
  private readonly zones = new Map<ZoneSource, number>();

  /** @param dayOf the date of a moment in the partner's calendar. @param order of steps, as the sequence has them. */
  constructor(
    order: readonly { readonly key: string; readonly kind: ForeseenStep['kind'] }[],
    private readonly dayOf: (at: Date) => string,
  ) {
    for (const { key, kind } of order)
      this.steps.set(key, { kind, done: 0, first: null, last: null, reasons: new Map() });
  }

  add(person: ForeseenPerson): void {
    this.total += 1;
    if (person.end === 'later') this.later += 1;
    this.zones.set(person.zoneSource, (this.zones.get(person.zoneSource) ?? 0) + 1);
    if (person.steps.some(({ outcome }) => outcome === 'sent')) this.reached += 1;
    for (const step of person.steps) this.count(step);
  }

  result(plan: Pick<DryRun, 'startAt' | 'until' | 'timeZone'>): DryRun {
    const days = [...this.days].map(([key, count]) => {
      const [on = '', stepKey = ''] = key.split(' ');
      return { on, stepKey, count };
    });
    return {
      ...{ startAt: plan.startAt, until: plan.until, timeZone: plan.timeZone, zones: this.zones },
      ...{ total: this.total, reached: this.reached, later: this.later },
      steps: [...this.steps].map(([stepKey, tally]) => ({ stepKey, ...tally })),
      days: days.sort((a, b) => a.on.localeCompare(b.on)),
    };
  }

  private count({ stepKey, kind, at, outcome, reason }: ForeseenStep): void {
    const tally = this.steps.get(stepKey) ?? {
      kind,
      done: 0,
      first: null,
      last: null,
      reasons: new Map<ReasonCode, number>(),
    };
    this.steps.set(stepKey, tally);
    if (reason !== null && outcome !== 'sent') {
      tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1);
      return;
    }
    tally.done += 1;
    if (tally.first === null || at < tally.first) tally.first = at;
    if (tally.last === null || at > tally.last) tally.last = at;
    const day = `${this.dayOf(at)} ${stepKey}`;
    this.days.set(day, (this.days.get(day) ?? 0) + 1);
  }
}

interface Tally {
  readonly kind: ForeseenStep['kind'];
  done: number;
  first: Date | null;
  last: Date | null;
  readonly reasons: Map<ReasonCode, number>;
}

/** The decision at a moment: what is permitted now may have run out by then. */
export function decisionAt({ decision }: Permission, at: Date): SendDecision {
  const isOver = decision.send && decision.expiresOn !== null && decision.expiresOn < at.toISOString().slice(0, 10);
  return isOver ? { send: false, reason: 'consent-expired' } : decision;
}

/** Contacts of one list, by page. */
export type Page<T> = { readonly items: readonly T[]; readonly nextId: ContactId | null };
