import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { type Offer, Offers } from '#activations';
import { BrandProfiles, type IdentityStanding, SendingIdentities } from '#brand';
import {
  type ContactForSending,
  ContactLists,
  Contacts,
  Preferences,
  SendPolicy,
  touchedAt,
  touchesAt,
} from '#contacts';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { Ledger } from '#delivery';
import {
  bestLocale,
  type CampaignVersionId,
  Clock,
  type ContactId,
  type ContactListId,
  type Locale,
  type PartnerActor,
} from '#kernel';
import { defaultTimeZone } from '#organisations';
import { lackingFields } from '#rendering';
import {
  forgottenBefore,
  isAction,
  type PartnerChoices,
  type Rehearsal,
  rehearse,
  type RehearsedStep,
  type SequenceDefinition,
} from '#sequencing';
import { CampaignReach } from './campaign-reach.service.js';
import { zoneOf } from './contact-clock.js';
import {
  decisionAt,
  type DryRun,
  Forecast,
  type ForeseenPerson,
  type ForeseenStep,
  type Page,
  type Permission,
} from './dry-run.js';
import { verdictOf } from './hand-off-verdict.js';
import { EXIT_REASONS, type ReasonCode } from './reason.js';
import { recipientOf } from './recipient-values.js';

export interface DryRunRequest {
  readonly versionId: CampaignVersionId;
  readonly listId: ContactListId;
  /** Null: now. */
  readonly startAt: Date | null;
  readonly locale: Locale | null;
  readonly choices: PartnerChoices;
}

/** All that a forecast is made from and that all contacts share. */
interface Plan {
  readonly actor: PartnerActor;
  readonly offer: Offer;
  readonly sequence: SequenceDefinition;
  readonly listId: ContactListId;
  readonly startAt: Date;
  readonly until: Date;
  readonly timeZone: string;
  readonly timeZoneSource: 'activation' | 'vendor';
  readonly locale: Locale;
  readonly identity: IdentityStanding;
  readonly choices: PartnerChoices;
  readonly cap: number;
  /** Ways by what they depend on: contacts who share it share the way. */
  readonly ways: Map<string, Rehearsal>;
}

const DAY_MS = 86_400_000;
const HORIZON_DAYS = 90;
/** Touches that are older count in no window from the start on. */
const FRESH_TOUCH_MS = 8 * DAY_MS;
const PAGE = 500;

/**
 * What a launch to a list would do, contact by contact, by the very machine and rules that decide it then. Everybody is taken to do
 * nothing, no relay to refuse, nobody to change, and no day to be full (daily limits, the ramp of a new domain); and of the frequency cap it knows what this partner has sent, as nobody may read here
 * what others did.
 */
@Injectable()
export class DryRuns {
  // More parameters than elsewhere: it looks at all that a launch and a hand-over look at.
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly offers: Offers,
    private readonly profiles: BrandProfiles,
    private readonly identities: SendingIdentities,
    private readonly lists: ContactLists,
    private readonly contacts: Contacts,
    private readonly policy: SendPolicy,
    private readonly preferences: Preferences,
    private readonly ledger: Ledger,
    private readonly reach: CampaignReach,
    @Inject(CONFIG) private readonly config: Pick<Config, 'FREQUENCY_CAP'>,
  ) {}

  /** Over the whole list. @throws DomainError `campaign-version.not-found`, `contact-list.not-found`. */
  async forecast(actor: PartnerActor, request: DryRunRequest): Promise<DryRun> {
    const plan = await this.plan(actor, request);
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: plan.timeZone });
    const forecast = new Forecast(plan.sequence.steps.filter(isAction), (at) => format.format(at));
    let afterId: ContactId | null = null;
    do {
      const page: Page<ForeseenPerson> = await this.page(plan, afterId, PAGE);
      for (const person of page.items) forecast.add(person);
      afterId = page.nextId;
      await nextTurn();
    } while (afterId !== null);
    return forecast.result(plan);
  }

  /** Of some contacts of the list, in the order of their ids. @throws DomainError as `forecast`. */
  async people(
    actor: PartnerActor,
    request: DryRunRequest,
    page: { readonly afterId: ContactId | null; readonly limit: number },
  ): Promise<Page<ForeseenPerson>> {
    return this.page(await this.plan(actor, request), page.afterId, page.limit);
  }

  private async plan(actor: PartnerActor, request: DryRunRequest): Promise<Plan> {
    await this.lists.get(actor, request.listId);
    const offer = await this.offers.one(actor, request.versionId);
    const profile = await this.profiles.current(actor);
    const identity = await this.identities.forMembership(actor, offer.version.vendorId);
    const startAt = request.startAt ?? this.clock.now();
    const { sequence } = offer.compiled.definition;
    return {
      ...{ actor, offer, sequence, startAt, listId: request.listId, choices: request.choices },
      until: new Date(startAt.getTime() + HORIZON_DAYS * DAY_MS),
      timeZone: profile.timeZone ?? sequence.timeZone ?? 'UTC',
      timeZoneSource: profile.timeZone === null ? 'vendor' : 'activation',
      locale: request.locale ?? offer.locale,
      // What is held waits until it is mended; a dry run tells of where it is.
      identity: identity.standing === 'held' ? 'ready' : identity.standing,
      cap: this.config.FREQUENCY_CAP,
      ways: new Map(),
    };
  }

  private async page(plan: Plan, afterId: ContactId | null, limit: number): Promise<Page<ForeseenPerson>> {
    const { actor, listId, offer } = plan;
    return this.database.inTransaction(actor, async () => {
      const contacts = await this.contacts.inList(actor, listId, { afterId, limit });
      const ids = contacts.map(({ id }) => id);
      const forgotten = forgottenBefore(plan.sequence, this.clock.now());
      const reached = await this.reach.among(actor, actor.partnerId, offer.version.campaignId, ids, forgotten);
      const permissions = await this.permissions(plan, ids);
      const lists = await this.lists.namesOf(actor, ids);
      const items = contacts.map((contact) =>
        reached.has(contact.id)
          ? this.notEnrolled(plan, contact)
          : this.foresee(plan, contact, lists.get(contact.id) ?? [], permissions.get(contact.id)),
      );
      return { items, nextId: contacts.length < limit ? null : (ids.at(-1) ?? null) };
    });
  }

  private async permissions(
    { actor, offer, startAt }: Plan,
    ids: readonly ContactId[],
  ): Promise<Map<ContactId, Permission>> {
    const { vendorId, theme } = offer.version;
    const decisions = await this.policy.decide(actor, vendorId, ids, startAt);
    const refused = await this.preferences.refusedBy(actor, ids);
    const wishes = await this.preferences.of(actor, ids);
    const last = wishes.size === 0 ? new Map<ContactId, Date>() : await this.ledger.lastHandedOver([...wishes.keys()]);
    const touches = await this.ledger.touched(vendorId, ids, new Date(startAt.getTime() - FRESH_TOUCH_MS));
    return new Map(
      [...decisions].map(([id, decision]) => [
        id,
        {
          decision,
          hasRefusedTopic: refused.get(id)?.has(theme) ?? false,
          everyDays: wishes.get(id) ?? null,
          lastMailAt: last.get(id) ?? null,
          touches: touches.get(id) ?? [],
        },
      ]),
    );
  }

  /** Whom the campaign has reached before. */
  private notEnrolled(plan: Plan, contact: ContactForSending): ForeseenPerson {
    const stepKey = plan.sequence.steps.find(({ kind }) => kind === 'email')?.key ?? '';
    const step = { stepKey, kind: 'email', round: 1, at: plan.startAt, outcome: 'skipped' } as const;
    return { ...clockOf(plan, contact), steps: [{ ...step, reason: 'already-got' }], end: 'not-enrolled' };
  }

  private foresee(
    plan: Plan,
    contact: ContactForSending,
    lists: readonly string[],
    permission: Permission = NOTHING_KNOWN,
  ): ForeseenPerson {
    const person = clockOf(plan, contact);
    const way = this.wayOf(plan, contact, lists, person.zone);
    const writer = new Writer(plan, contact, person, permission);
    const steps: ForeseenStep[] = [];
    for (const rehearsed of way.steps) {
      const step = writer.decide(rehearsed);
      steps.push(step);
      if (step.reason !== null && EXIT_REASONS.has(step.reason)) return { ...person, steps, end: 'exited' };
    }
    return { ...person, steps, end: way.end };
  }

  private wayOf(plan: Plan, contact: ContactForSending, onLists: readonly string[], zone: string): Rehearsal {
    const { country, industry, persona, stage, segment, language, company } = contact;
    const fields = { country, industry, persona, stage, segment, language, company };
    // A company has a name of its own: it is what a way depends on only where the sequence asks for it.
    const asked = plan.sequence.steps.flatMap((step) =>
      step.kind === 'branch' || step.kind === 'until'
        ? step.ways.flatMap(({ when }) => (when.on === 'field' ? [fields[when.field]] : []))
        : [],
    );
    const asksForLists = plan.sequence.steps.some(
      (step) => (step.kind === 'branch' || step.kind === 'until') && step.ways.some(({ when }) => when.on === 'list'),
    );
    const lists = asksForLists ? onLists : [];
    const key = JSON.stringify([zone, country, asked, lists]);
    const known = plan.ways.get(key);
    if (known !== undefined) return known;
    const { startAt, until, choices } = plan;
    const way = rehearse(plan.sequence, { startAt, until, zone, country, fields, choices, lists, happenings: [] });
    plan.ways.set(key, way);
    return way;
  }
}

/** Decides one contact's e-mails in their order: each counts for the next. */
class Writer {
  private lastMailAt: Date | null;
  private readonly touches: Date[];

  constructor(
    private readonly plan: Plan,
    private readonly contact: ContactForSending,
    private readonly person: Pick<ForeseenPerson, 'locale' | 'zone'>,
    private readonly permission: Permission,
  ) {
    this.lastMailAt = permission.lastMailAt;
    this.touches = [...permission.touches];
  }

  decide({ step, round, at, skip }: RehearsedStep): ForeseenStep {
    const foreseen = { stepKey: step.key, kind: step.kind, round, at };
    if (skip !== null) return { ...foreseen, outcome: 'skipped', reason: skip };
    if (step.kind !== 'email') return { ...foreseen, outcome: 'done', reason: null };
    const verdict = this.verdict(step.key, at);
    if (verdict !== null) return { ...foreseen, outcome: 'skipped', reason: verdict };
    const master = this.plan.offer.compiled.emails.find(({ key }) => key === step.email)?.masters[this.person.locale];
    if (master !== undefined && lackingFields(master, recipientOf(this.contact, {})).length > 0)
      return { ...foreseen, outcome: 'failed', reason: 'field-missing' };
    this.touches.push(touchedAt(at));
    this.lastMailAt = at;
    return { ...foreseen, outcome: 'sent', reason: 'sent' };
  }

  private verdict(stepKey: string, at: Date): ReasonCode | null {
    const { sequence, identity } = this.plan;
    const { everyDays, hasRefusedTopic } = this.permission;
    const sinceMs = this.lastMailAt === null ? Infinity : at.getTime() - this.lastMailAt.getTime();
    const verdict = verdictOf({
      running: { activation: { status: 'active', choices: this.plan.choices }, sequence, versionLive: true },
      country: this.contact.country,
      ...{
        isHalted: false,
        identity,
        relaysRestUntil: null,
        destinationPausedUntil: null,
        stepKey,
        timeZone: this.person.zone,
        now: at,
      },
      decision: decisionAt(this.permission, at),
      isTooSoon: everyDays !== null && sinceMs < everyDays * DAY_MS,
      isTopicRefused: hasRefusedTopic,
    });
    if (verdict.kind === 'skip') return verdict.reason;
    return touchesAt(this.touches, at) >= this.plan.cap ? 'contact-policy' : null;
  }
}

/** Somebody who is gone since the page was read. */
const NOTHING_KNOWN: Permission = {
  decision: { send: false, reason: 'contact-gone' },
  hasRefusedTopic: false,
  everyDays: null,
  lastMailAt: null,
  touches: [],
};

function clockOf(plan: Plan, contact: ContactForSending): Omit<ForeseenPerson, 'steps' | 'end'> {
  const { zone, source } = zoneOf(contact, defaultTimeZone, plan);
  const locales = [plan.locale, ...(plan.offer.version.locales as readonly Locale[])] as const;
  return { contact, zone, zoneSource: source, locale: bestLocale(contact.language ?? plan.locale, locales) };
}
