import { type CapsInForce, type ContactForSending, isAtCap, type SendDecision, frequencyUseAt } from '#contacts';
import { type ContactId, DAY_MS } from '#kernel';
import type { DueMail, Leg, RehearsedStep } from '#sequencing';
import type { SimulatedStep } from './dry-run.js';
import type { Verdict } from '../sending/preflight-verdict.js';
import type { Quotas, SimulatedAttempt, QuotaWait } from './quotas.js';
import { isExit, type ReasonCode } from '../enrolment/reason.js';

/**
 * What is known of the permission to write to contacts; those of whom the same
 * is known share it.
 */
export interface Permission {
  readonly decision: SendDecision;
  readonly hasRefusedTopic: boolean;
  /** Days between mails that the contact wants at least; null: any. */
  readonly everyDays: number | null;
}

/**
 * All that decides about contacts at the start. Those of whom the same is known
 * share one.
 */
export interface CohortProfile {
  readonly country: ContactForSending['country'];
  readonly zone: string;
  readonly permission: Permission;
  /** E-mails that cannot be made for them. */
  readonly lacking: ReadonlySet<string>;
  readonly lastMailAt: Date | null;
  /** When this partner has taken touches of the contact's allowance. */
  readonly touches: readonly CountedSend[];
  readonly way: SequencePath;
}

/**
 * A touch, and whether it counts against the vendor's allowance, too, besides
 * the partner's.
 */
export interface CountedSend {
  readonly at: Date;
  readonly ofVendor: boolean;
}

/** The way of contacts who go the same one: from a leg to the next. */
export interface SequencePath {
  first(): Leg;
  afterMail(mail: DueMail, decidedAt: Date): Leg;
  afterDelay(mail: DueMail, until: Date): Leg;
}

/** What parties have in common. */
export interface SimulationRules {
  readonly until: Date;
  readonly caps: CapsInForce;
  /** By the rules of a hand-off. */
  readonly verdict: (setting: CohortProfile, stepKey: string, at: Date, isTooSoon: boolean) => Verdict;
}

/** Is told of every decision, in order, and of whom it is one. */
export type OnDecision = (step: SimulatedStep, members: readonly ContactId[]) => void;

/**
 * What places said to somebody; null where there is one, or where nobody asked.
 */
export interface QuotaAnswer {
  readonly day: QuotaWait | null;
  readonly stream: QuotaWait | null;
}

export const GRANTED: QuotaAnswer = { day: null, stream: null };

/** Where a party is. */
interface CohortState {
  at: number;
  again: number;
  kind: SimulatedAttempt['kind'];
  dueAt: number;
  end: 'completed' | 'exited' | 'later' | null;
  hasMail: boolean;
  mail: DueMail | null;
  waits: SimulatedStep['waits'];
  lastMailAt: Date | null;
  touches: readonly CountedSend[];
}

/**
 * Contacts of whom the same is known, on their way through a dry run from turn
 * to turn: a turn is what a claim or a hand-off would do with each of them.
 * They stay together as long as the same is said to all of them; who is told to
 * wait for a place parts from the others. Each of their e-mails counts for the
 * next.
 */
export class Cohort {
  private readonly state: CohortState;

  /** @param members in the order of their ids. */
  constructor(
    private readonly profile: CohortProfile,
    readonly members: readonly ContactId[],
    private readonly rules: SimulationRules,
    private readonly onDecision: OnDecision,
    state: CohortState | null = null,
  ) {
    const { lastMailAt, touches, way } = profile;
    this.state = {
      at: 0,
      again: 0,
      kind: 'claim',
      dueAt: 0,
      end: null,
      hasMail: false,
      mail: null,
      waits: NO_WAITS,
      lastMailAt,
      touches,
      ...state,
    };
    if (state === null) this.advance(way.first());
  }

  /** Milliseconds since the epoch. */
  get at(): number {
    return this.state.at;
  }

  get end(): CohortState['end'] {
    return this.state.end;
  }

  get hasMail(): boolean {
    return this.state.hasMail;
  }

  /** Whether there is another turn, at `at`. */
  get isActive(): boolean {
    return this.state.end === null;
  }

  /** The turn of one of them. */
  attemptOf(contactId: ContactId): SimulatedAttempt {
    const { at, again, kind, dueAt } = this.state;
    return { at, again, kind, dueAt, contactId };
  }

  /** Some of them, who part from the others here. */
  split(members: readonly ContactId[]): Cohort {
    return new Cohort(this.profile, members, this.rules, this.onDecision, { ...this.state });
  }

  /**
   * What one of them is told by places: a day's when it is claimed, the
   * stream's where nothing else keeps it from going.
   */
  askQuotas(places: Quotas, contactId: ContactId): QuotaAnswer {
    const turn = this.attemptOf(contactId);
    const day = turn.kind === 'claim' ? places.takeFromDay(turn) : null;
    const stream = day === null && this.verdict()?.kind === 'send' ? places.takeFromStream(turn) : null;
    return day === null && stream === null ? GRANTED : { day, stream };
  }

  /** Has its turn, as places said to all of them. */
  apply({ day, stream }: QuotaAnswer): void {
    const { mail, at, kind } = this.state;
    if (mail === null) return;
    const now = new Date(at);
    if (day !== null) {
      this.noteWait(day.reason, now);
      this.advance(this.profile.way.afterDelay(mail, day.until));
      return;
    }
    if (kind === 'claim') this.state.dueAt = at;
    const verdict = this.verdict();
    if (verdict === null || verdict.kind === 'send') this.release(mail, now, stream);
    else if (verdict.kind === 'skip') this.decide(mail, now, 'skipped', verdict.reason);
    else this.retry(verdict.until);
  }

  private verdict(): Verdict | null {
    const { mail, at, lastMailAt } = this.state;
    if (mail === null) return null;
    const sinceMs = lastMailAt === null ? Infinity : at - lastMailAt.getTime();
    const { everyDays } = this.profile.permission;
    const isTooSoon = everyDays !== null && sinceMs < everyDays * DAY_MS;
    return this.rules.verdict(this.profile, mail.step.key, new Date(at), isTooSoon);
  }

  private release(mail: DueMail, now: Date, wait: QuotaWait | null): void {
    const { state, profile: setting } = this;
    if (wait !== null) {
      this.noteWait(wait.reason, now);
      this.retry(wait.until);
    } else if (this.isCapped(now)) this.decide(mail, now, 'skipped', 'contact-policy');
    else if (setting.lacking.has(mail.step.email)) this.decide(mail, now, 'failed', 'field-missing');
    else {
      state.touches = [...state.touches, { at: frequencyUseAt(now), ofVendor: true }];
      state.lastMailAt = now;
      state.hasMail = true;
      this.decide(mail, now, 'sent', 'sent');
    }
  }

  private isCapped(now: Date): boolean {
    const { ofVendor, ofPartner } = this.rules.caps;
    const { touches } = this.state;
    const moments = (some: readonly CountedSend[]): Date[] => some.map(({ at }) => at);
    return (
      isAtCap(ofVendor, moments(touches.filter((touch) => touch.ofVendor)), now) ||
      isAtCap(ofPartner, moments(touches), now)
    );
  }

  private decide(mail: DueMail, at: Date, outcome: SimulatedStep['outcome'], reason: ReasonCode): void {
    const { step, round } = mail;
    const { waits } = this.state;
    this.onDecision({ stepKey: step.key, kind: step.kind, round, at, outcome, reason, waits }, this.members);
    this.state.waits = NO_WAITS;
    if (isExit(reason)) this.state.end = 'exited';
    else this.advance(this.profile.way.afterMail(mail, at));
  }

  private advance({ steps, mail, end }: Leg): void {
    const { state } = this;
    for (const step of steps) this.reportStep(step);
    if (mail === null) {
      state.end = end;
      return;
    }
    if (mail.step.key !== state.mail?.step.key || mail.round !== state.mail.round) state.waits = NO_WAITS;
    state.mail = mail;
    this.schedule('claim', mail.at);
    state.dueAt = state.at;
  }

  /** What is no e-mail, or left out by the sequence itself. */
  private reportStep({ step, round, at, skip }: RehearsedStep): void {
    const outcome = skip === null ? 'done' : 'skipped';
    this.onDecision(
      { stepKey: step.key, kind: step.kind, round, at, outcome, reason: skip, waits: NO_WAITS },
      this.members,
    );
  }

  private retry(at: Date): void {
    if (at > this.rules.until) this.state.end = 'later';
    else this.schedule('retry', at);
  }

  private schedule(kind: SimulatedAttempt['kind'], at: Date): void {
    const { state } = this;
    state.again = at.getTime() === state.at ? state.again + 1 : 0;
    state.at = at.getTime();
    state.kind = kind;
  }

  private noteWait(reason: QuotaWait['reason'], since: Date): void {
    const { waits } = this.state;
    if (!waits.some((wait) => wait.reason === reason)) this.state.waits = [...waits, { reason, since }];
  }
}

const NO_WAITS: SimulatedStep['waits'] = [];
