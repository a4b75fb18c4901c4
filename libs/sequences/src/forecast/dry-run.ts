import type { ContactForSending, SendDecision } from '#contacts';
import type { ContactId, Locale } from '#kernel';
import type { RehearsedStep } from '#sequencing';
import type { ReasonCode, WaitReason } from '../enrolment/reason.js';
import type { ZoneSource } from '../enrolment/contact-clock.js';

/** One decision on one contact, before there is any. */
export interface SimulatedStep {
  readonly stepKey: string;
  readonly kind: RehearsedStep['step']['kind'];
  /** From 1: how often this step has come up for the contact. */
  readonly round: number;
  readonly at: Date;
  /** `done`: an action that is no e-mail. */
  readonly outcome: 'sent' | 'skipped' | 'failed' | 'done';
  /** Null for what is done. */
  readonly reason: ReasonCode | null;
  /**
   * For which limits it waited until `at`, and since when: it would have gone
   * then.
   */
  readonly waits: readonly { readonly reason: WaitReason; readonly since: Date }[];
}

/** What one contact would get when, and what not and why. */
export interface SimulatedContact {
  readonly contact: Pick<ContactForSending, 'id' | 'email' | 'firstName' | 'lastName'>;
  readonly locale: Locale;
  readonly zone: string;
  readonly zoneSource: ZoneSource;
  readonly steps: readonly SimulatedStep[];
  readonly end: 'completed' | 'exited' | 'later' | 'not-enrolled';
}

/** How many would get a step, and why others would not. */
interface StepForecast {
  readonly stepKey: string;
  readonly kind: SimulatedStep['kind'];
  readonly done: number;
  readonly first: Date | null;
  readonly last: Date | null;
  readonly reasons: ReadonlyMap<ReasonCode, number>;
  /**
   * How many of those who get it get it later, by the limit that makes them
   * wait.
   */
  readonly waits: ReadonlyMap<WaitReason, number>;
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

/**
 * Adds people up: the forecast of half a million needs no more memory than that
 * of ten.
 */
export class ForecastTotals {
  private total = 0;
  private reached = 0;
  private later = 0;
  private readonly steps = new Map<string, Tally>();
  private readonly days = new Map<string, number>();
  private readonly zones = new Map<ZoneSource, number>();

  /**
   * @param dayOf the date of a moment in the partner's calendar.
   * @param order of steps, as the sequence has them.
   */
  constructor(
    order: readonly { readonly key: string; readonly kind: SimulatedStep['kind'] }[],
    private readonly dayOf: (at: Date) => string,
  ) {
    for (const { key, kind } of order) this.steps.set(key, newTally(kind));
  }

  /** Somebody is on the list. */
  addContact(zoneSource: ZoneSource): void {
    this.total += 1;
    this.zones.set(zoneSource, (this.zones.get(zoneSource) ?? 0) + 1);
  }

  /** The way of so many has ended, or goes on after what is looked at. */
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

  /** A decision on so many. */
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

/** The decision at a moment: what is permitted now may have run out by then. */
export function decisionAt(decision: SendDecision, at: Date): SendDecision {
  const isOver = decision.send && decision.expiresOn !== null && decision.expiresOn < at.toISOString().slice(0, 10);
  return isOver ? { send: false, reason: 'consent-expired' } : decision;
}

/** Contacts of one list, by page. */
export type Page<T> = { readonly items: readonly T[]; readonly nextId: ContactId | null };
