import { type CapsInForce, type ContactForSending, isAtOwnCap, type SendDecision, frequencyUseAt } from '#contacts';
import { type ContactId, DAY_MS } from '#kernel';
import { type DueMail, emailOf, type Leg, type RehearsedStep } from '#sequencing';
import type { SimulatedStep } from './dry-run.js';
import type { Verdict } from '../sending/preflight-verdict.js';
import type { Quotas, SimulatedAttempt, QuotaWait } from './quotas.js';
import { isExit, type ReasonCode, type WaitReason } from '../enrolment/reason.js';

/**
 * Permission to send to a contact. Contacts with equal permissions share one
 * object.
 */
export interface Permission {
  readonly decision: SendDecision;
  readonly hasRefusedTopic: boolean;
  /**
   * Minimum number of days between e-mails that the contact wants; null: no
   * minimum.
   */
  readonly everyDays: number | null;
}

/**
 * Everything that decides about a contact at the start. Contacts with equal
 * profiles share one object.
 */
export interface CohortProfile {
  readonly country: ContactForSending['country'];
  readonly zone: string;
  /** What a launch would draw for them in the test of the campaign; null: it tests nothing. */
  readonly arm: string | null;
  readonly permission: Permission;
  /** Keys of the e-mails that cannot be rendered for these contacts. */
  readonly unrenderable: ReadonlySet<string>;
  readonly lastMailAt: Date | null;
  /**
   * Earlier e-mails of this partner that count against the contact's frequency
   * caps.
   */
  readonly sends: readonly CountedSend[];
  /**
   * The day of the contact's calendar on which e-mails of other campaigns have
   * reached the partner's limit; null: none.
   */
  readonly fullOn: string | null;
  readonly path: SequencePath;
}

/**
 * One sent e-mail. It counts against the partner's cap, and against the
 * vendor's cap if `ofVendor` is true.
 */
export interface CountedSend {
  readonly at: Date;
  readonly ofVendor: boolean;
}

/** The path through the sequence that contacts share, leg by leg. */
export interface SequencePath {
  first(): Leg;
  afterMail(mail: DueMail, decidedAt: Date): Leg;
  afterDelay(mail: DueMail, until: Date): Leg;
}

/** What all cohorts of a simulation share. */
export interface SimulationRules {
  readonly until: Date;
  readonly caps: CapsInForce;
  /** Applies the rules of preflight. */
  readonly verdict: (setting: CohortProfile, stepKey: string, at: Date, isTooSoon: boolean) => Verdict;
}

/**
 * Called once per simulated decision, in time order, with the contacts it
 * applies to.
 */
export type OnDecision = (step: SimulatedStep, members: readonly ContactId[]) => void;

/** The answer of the quotas. Null: the quota is granted, or was not asked. */
export interface QuotaAnswer {
  readonly day: QuotaWait | null;
  readonly stream: QuotaWait | null;
}

export const GRANTED: QuotaAnswer = { day: null, stream: null };

/** The state of a cohort between two simulated attempts. */
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
  sends: readonly CountedSend[];
}

/**
 * Contacts with the same profile, simulated together. One simulated attempt
 * does what a claim or a release would do with each of them. A cohort stays
 * whole while all its contacts get the same answer from the quotas; contacts
 * that must wait are split off. Each sent e-mail counts against the frequency
 * caps of the next.
 */
export class Cohort {
  private readonly state: CohortState;

  /** @param members contacts, in order of their ids. */
  constructor(
    private readonly profile: CohortProfile,
    readonly members: readonly ContactId[],
    private readonly rules: SimulationRules,
    private readonly onDecision: OnDecision,
    state: CohortState | null = null,
  ) {
    const { lastMailAt, sends, path } = profile;
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
      sends,
      ...state,
    };
    if (state === null) this.advance(path.first());
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

  /** Whether there is another attempt, at `at`. */
  get isActive(): boolean {
    return this.state.end === null;
  }

  /** The next attempt, for one contact of the cohort. */
  attemptOf(contactId: ContactId): SimulatedAttempt {
    const { at, again, kind, dueAt } = this.state;
    return { at, again, kind, dueAt, contactId };
  }

  /** @returns a new cohort of the given members, in the same state. */
  split(members: readonly ContactId[]): Cohort {
    return new Cohort(this.profile, members, this.rules, this.onDecision, { ...this.state });
  }

  /**
   * Asks the quotas for one contact. The daily limit is asked at the claim; the
   * stream only if nothing else prevents the message.
   */
  askQuotas(places: Quotas, contactId: ContactId): QuotaAnswer {
    const turn = this.attemptOf(contactId);
    const day = turn.kind === 'claim' ? places.takeFromDay(turn) : null;
    const isFree = day === null && this.verdict()?.kind === 'send' && !this.isCapped(new Date(turn.at));
    const stream = isFree ? places.takeFromStream(turn) : null;
    return day === null && stream === null ? GRANTED : { day, stream };
  }

  /** Makes one attempt with an answer that all members share. */
  apply({ day, stream }: QuotaAnswer): void {
    const { mail, at, kind } = this.state;
    if (mail === null) return;
    const now = new Date(at);
    if (day !== null) {
      this.recordWait(day.reason, now);
      this.advance(this.profile.path.afterDelay(mail, day.until));
      return;
    }
    if (kind === 'claim') this.state.dueAt = at;
    const verdict = this.verdict();
    if (verdict === null || verdict.kind === 'send') this.release(mail, now, stream);
    else if (verdict.kind === 'skip') this.decide(mail, now, 'skipped', verdict.reason);
    else {
      // Without this limit, the e-mail would have gone out now.
      if (verdict.reason === 'emails-of-day') this.recordWait(verdict.reason, now);
      this.retry(verdict.until);
    }
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
      this.recordWait(wait.reason, now);
      this.retry(wait.until);
    } else if (this.isCapped(now)) this.decide(mail, now, 'skipped', 'contact-policy');
    else if (setting.unrenderable.has(emailOf(mail.step, setting.arm)))
      this.decide(mail, now, 'failed', 'field-missing');
    else {
      state.sends = [...state.sends, { at: frequencyUseAt(now), ofVendor: true }];
      state.lastMailAt = now;
      state.hasMail = true;
      this.decide(mail, now, 'sent', 'sent');
    }
  }

  private isCapped(now: Date): boolean {
    return isAtOwnCap(this.rules.caps, this.state.sends, now);
  }

  private decide(mail: DueMail, at: Date, outcome: SimulatedStep['outcome'], reason: ReasonCode): void {
    const { step, round } = mail;
    const { waits } = this.state;
    this.onDecision({ stepKey: step.key, kind: step.kind, round, at, outcome, reason, waits }, this.members);
    this.state.waits = NO_WAITS;
    if (isExit(reason)) this.state.end = 'exited';
    else this.advance(this.profile.path.afterMail(mail, at));
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

  /** Reports a step that is no e-mail, or that the sequence itself skips. */
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

  private recordWait(reason: WaitReason, since: Date): void {
    const { waits } = this.state;
    if (!waits.some((wait) => wait.reason === reason)) this.state.waits = [...waits, { reason, since }];
  }
}

const NO_WAITS: SimulatedStep['waits'] = [];
