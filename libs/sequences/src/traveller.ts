import { type ContactForSending, type SendDecision, touchedAt, touchesAt } from '#contacts';
import type { ContactId } from '#kernel';
import type { DueMail, Leg, RehearsedStep } from '#sequencing';
import type { ForeseenStep } from './dry-run.js';
import type { Verdict } from './hand-off-verdict.js';
import type { Places, Turn } from './places.js';
import { EXIT_REASONS, type ReasonCode } from './reason.js';

const DAY_MS = 86_400_000;

/** What is known of the permission to write to contacts; those of whom the same is known share it. */
export interface Permission {
  readonly decision: SendDecision;
  readonly hasRefusedTopic: boolean;
  /** Days between mails that the contact wants at least; null: any. */
  readonly everyDays: number | null;
}

/** One contact at the start. */
export interface Setting {
  readonly contactId: ContactId;
  readonly country: ContactForSending['country'];
  readonly zone: string;
  readonly permission: Permission;
  /** E-mails that cannot be made for it. */
  readonly lacking: ReadonlySet<string>;
  readonly lastMailAt: Date | null;
  /** When this partner has taken touches of the contact's allowance. */
  readonly touches: readonly Touch[];
  readonly way: Way;
}

/** A touch, and whether it counts against the vendor's allowance, too, besides the partner's. */
export interface Touch {
  readonly at: Date;
  readonly ofVendor: boolean;
}

/** The way of contacts who go the same one: from a leg to the next. */
export interface Way {
  first(): Leg;
  onward(mail: DueMail, decidedAt: Date): Leg;
  postponed(mail: DueMail, until: Date): Leg;
}

/** What travellers have in common. */
export interface Scene {
  readonly until: Date;
  readonly caps: { readonly ofVendor: number; readonly ofPartner: number };
  /** By the rules of a hand-off. */
  readonly verdict: (setting: Setting, stepKey: string, at: Date, isTooSoon: boolean) => Verdict;
}

/**
 * One contact on its way through a dry run, from turn to turn: a turn is what a claim or a hand-off would do with it. Each of its e-mails
 * counts for the next.
 */
export class Traveller implements Turn {
  at = 0;
  again = 0;
  kind: Turn['kind'] = 'claim';
  dueAt = 0;
  end: 'completed' | 'exited' | 'later' | null = null;
  hasMail = false;
  private mail: DueMail | null = null;
  private waits: ForeseenStep['waits'] = [];
  private lastMailAt: Date | null;
  private touches: readonly Touch[];

  /** @param see is told of every decision, in order. */
  constructor(
    private readonly setting: Setting,
    private readonly scene: Scene,
    private readonly see: (step: ForeseenStep) => void,
  ) {
    this.lastMailAt = setting.lastMailAt;
    this.touches = setting.touches;
    this.goOn(setting.way.first());
  }

  get contactId(): ContactId {
    return this.setting.contactId;
  }

  /** Whether there is another turn, at `at`. */
  get isUnderWay(): boolean {
    return this.end === null;
  }

  /** Has its turn. */
  move(places: Places): void {
    const { mail, setting } = this;
    if (mail === null) return;
    const now = new Date(this.at);
    const full = this.kind === 'claim' ? places.ofDay(this.turn()) : null;
    if (full !== null) {
      this.wait(full.reason, now);
      this.goOn(setting.way.postponed(mail, full.until));
      return;
    }
    if (this.kind === 'claim') this.dueAt = this.at;
    const sinceMs = this.lastMailAt === null ? Infinity : this.at - this.lastMailAt.getTime();
    const { everyDays } = setting.permission;
    const isTooSoon = everyDays !== null && sinceMs < everyDays * DAY_MS;
    const verdict = this.scene.verdict(setting, mail.step.key, now, isTooSoon);
    if (verdict.kind === 'skip') this.decide(mail, now, 'skipped', verdict.reason);
    else if (verdict.kind === 'wait') this.retry(verdict.until);
    else this.handOff(mail, now, places);
  }

  private handOff(mail: DueMail, now: Date, places: Places): void {
    const wait = places.ofStream(this.turn());
    if (wait !== null) {
      this.wait(wait.reason, now);
      this.retry(wait.until);
    } else if (this.isCapped(now)) this.decide(mail, now, 'skipped', 'contact-policy');
    else if (this.setting.lacking.has(mail.step.email)) this.decide(mail, now, 'failed', 'field-missing');
    else {
      this.touches = [...this.touches, { at: touchedAt(now), ofVendor: true }];
      this.lastMailAt = now;
      this.hasMail = true;
      this.decide(mail, now, 'sent', 'sent');
    }
  }

  private isCapped(now: Date): boolean {
    const { ofVendor, ofPartner } = this.scene.caps;
    const moments = (touches: readonly Touch[]): Date[] => touches.map(({ at }) => at);
    return (
      touchesAt(moments(this.touches.filter((touch) => touch.ofVendor)), now) >= ofVendor ||
      touchesAt(moments(this.touches), now) >= ofPartner
    );
  }

  private decide(mail: DueMail, at: Date, outcome: ForeseenStep['outcome'], reason: ReasonCode): void {
    const { step, round } = mail;
    this.see({ stepKey: step.key, kind: step.kind, round, at, outcome, reason, waits: this.waits });
    this.waits = NO_WAITS;
    if (EXIT_REASONS.has(reason)) this.end = 'exited';
    else this.goOn(this.setting.way.onward(mail, at));
  }

  private goOn({ steps, mail, end }: Leg): void {
    for (const step of steps) this.pass(step);
    if (mail === null) {
      this.end = end;
      return;
    }
    if (mail.step.key !== this.mail?.step.key || mail.round !== this.mail.round) this.waits = NO_WAITS;
    this.mail = mail;
    this.next('claim', mail.at);
    this.dueAt = this.at;
  }

  /** What is no e-mail, or left out by the sequence itself. */
  private pass({ step, round, at, skip }: RehearsedStep): void {
    const outcome = skip === null ? 'done' : 'skipped';
    this.see({ stepKey: step.key, kind: step.kind, round, at, outcome, reason: skip, waits: NO_WAITS });
  }

  private retry(at: Date): void {
    if (at > this.scene.until) this.end = 'later';
    else this.next('retry', at);
  }

  private next(kind: Turn['kind'], at: Date): void {
    this.again = at.getTime() === this.at ? this.again + 1 : 0;
    this.at = at.getTime();
    this.kind = kind;
  }

  private wait(reason: ForeseenStep['waits'][number]['reason'], since: Date): void {
    if (!this.waits.some((wait) => wait.reason === reason)) this.waits = [...this.waits, { reason, since }];
  }

  private turn(): Turn {
    const { at, again, kind, dueAt, contactId } = this;
    return { at, again, kind, dueAt, contactId };
  }
}

const NO_WAITS: ForeseenStep['waits'] = [];
