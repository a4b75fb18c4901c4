import type { ContactForSending, SendDecision } from '#contacts';
import type { ContactId, Locale } from '#kernel';
import type { RehearsedStep } from '#sequencing';
import type { ReasonCode, WaitReason } from '../enrolment/reason.js';
import type { ZoneSource } from '../enrolment/contact-clock.js';

/** One simulated decision about one contact. */
export interface SimulatedStep {
  readonly stepKey: string;
  readonly kind: RehearsedStep['step']['kind'];
  /** Occurrence of this step for the contact, from 1. */
  readonly round: number;
  readonly at: Date;
  /** `done`: an action that is no e-mail. */
  readonly outcome: 'sent' | 'skipped' | 'failed' | 'done';
  /** Null if the outcome is `done`. */
  readonly reason: ReasonCode | null;
  /** The limits for which the e-mail waited until `at`, and since when. */
  readonly waits: readonly { readonly reason: WaitReason; readonly since: Date }[];
}

/** The forecast of one contact: each step with its time and outcome. */
export interface SimulatedContact {
  readonly contact: Pick<ContactForSending, 'id' | 'email' | 'firstName' | 'lastName'>;
  readonly locale: Locale;
  readonly zone: string;
  readonly zoneSource: ZoneSource;
  readonly steps: readonly SimulatedStep[];
  readonly end: 'completed' | 'exited' | 'later' | 'not-enrolled';
}

/** Forecast of one step: how many contacts get it, and why others do not. */
interface StepForecast {
  readonly stepKey: string;
  readonly kind: SimulatedStep['kind'];
  readonly done: number;
  readonly first: Date | null;
  readonly last: Date | null;
  readonly reasons: ReadonlyMap<ReasonCode, number>;
  /** How many contacts get it later, by the limit that delays them. */
  readonly waits: ReadonlyMap<WaitReason, number>;
}

/** Forecast of a whole list. */
export interface DryRun {
  readonly startAt: Date;
  readonly until: Date;
  /** Time zone of the partner, for `days`. */
  readonly timeZone: string;
  readonly total: number;
  /** Contacts that get at least one e-mail. */
  readonly reached: number;
  /** Contacts that have not reached the end at `until`. */
  readonly later: number;
  readonly steps: readonly StepForecast[];
  /**
   * How many contacts get a step, by day of the partner's calendar, in order.
   */
  readonly days: readonly { readonly on: string; readonly stepKey: string; readonly count: number }[];
  /** How many contacts have a time zone from each source. */
  readonly zones: ReadonlyMap<ZoneSource, number>;
}

/**
 * Counts contacts by outcome. Memory does not grow with the size of the list.
 */
export class ForecastTotals {
  private total = 0;
  private reached = 0;
  private later = 0;
  private readonly steps = new Map<string, Tally>();
  private readonly days = new Map<string, number>();
  private readonly zones = new Map<ZoneSource, number>();

  /**
   * @param dayOf returns the date of a moment in the partner's calendar.
   * @param order action steps, in the order of the sequence.
   */
  constructor(
    order: readonly { readonly key: string; readonly kind: SimulatedStep['kind'] }[],
    private readonly dayOf: (at: Date) => string,
  ) {
    for (const { key, kind } of order) this.steps.set(key, newTally(kind));
  }

  /** Counts a contact of the list. */
  addContact(zoneSource: ZoneSource): void {
    this.total += 1;
    this.zones.set(zoneSource, (this.zones.get(zoneSource) ?? 0) + 1);
  }

  /** Counts contacts that have ended, or that go on after `until`. */
  addEnd(
    { end, hasMail }: { readonly end: SimulatedContact['end'] | null; readonly hasMail: boolean },
    people: number,
  ): void {
    if (end === 'later') this.later += people;
    if (hasMail) this.reached += people;
  }

  result(plan: Pick<DryRun, 'startAt' | 'until' | 'timeZone'>): DryRun {
    const days = [...this.days].map(([key, count]) => {
      const [on = '', stepKey = ''] = key.split(' ');
      return { on, stepKey, count };
    });
    return {
      startAt: plan.startAt,
      until: plan.until,
      timeZone: plan.timeZone,
      zones: this.zones,
      total: this.total,
      reached: this.reached,
      later: this.later,
      steps: [...this.steps].map(([stepKey, tally]) => ({ stepKey, ...tally })),
      days: days.sort((a, b) => a.on.localeCompare(b.on)),
    };
  }

  /** Counts one decision about `people` contacts. */
  addStep({ stepKey, kind, at, outcome, reason, waits }: SimulatedStep, people: number): void {
    const tally = this.steps.get(stepKey) ?? newTally(kind);
    this.steps.set(stepKey, tally);
    if (reason !== null && outcome !== 'sent') {
      tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + people);
      return;
    }
    tally.done += people;
    for (const wait of waits) tally.waits.set(wait.reason, (tally.waits.get(wait.reason) ?? 0) + people);
    if (tally.first === null || at < tally.first) tally.first = at;
    if (tally.last === null || at > tally.last) tally.last = at;
    const day = `${this.dayOf(at)} ${stepKey}`;
    this.days.set(day, (this.days.get(day) ?? 0) + people);
  }
}

interface Tally {
  readonly kind: SimulatedStep['kind'];
  done: number;
  first: Date | null;
  last: Date | null;
  readonly reasons: Map<ReasonCode, number>;
  readonly waits: Map<WaitReason, number>;
}

const newTally = (kind: SimulatedStep['kind']): Tally => ({
  kind,
  done: 0,
  first: null,
  last: null,
  reasons: new Map(),
  waits: new Map(),
});

/** The decision at a later moment: consent may have expired by then. */
export function decisionAt(decision: SendDecision, at: Date): SendDecision {
  const isOver = decision.send && decision.expiresOn !== null && decision.expiresOn < at.toISOString().slice(0, 10);
  return isOver ? { send: false, reason: 'consent-expired' } : decision;
}

/** One page of the contacts of a list. */
export type Page<T> = { readonly items: readonly T[]; readonly nextId: ContactId | null };
