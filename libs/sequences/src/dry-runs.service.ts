import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Calendars, type Offer, Offers } from '#activations';
import { BrandProfiles, type IdentityStanding, SendingIdentities } from '#brand';
import { type ContactForSending, ContactLists, Contacts, Preferences, SendPolicy } from '#contacts';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { Ledger, Streams } from '#delivery';
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
import { forgottenBefore, isAction, type PartnerChoices, type SequenceDefinition, withCalendar } from '#sequencing';
import { CampaignReach } from './campaign-reach.service.js';
import { zoneOf } from './contact-clock.js';
import { Crowd } from './crowd.js';
import { DailyLimits } from './daily-limits.service.js';
import { type DryRun, Forecast, type ForeseenPerson, type ForeseenStep, type Page } from './dry-run.js';
import { LackingMails } from './lacking-mails.js';
import { ENOUGH_PLACES, isLimited, type Limits, type Places, TakenPlaces } from './places.js';
import { Scenery } from './scenery.js';
import { streamOf } from './sending-stream.js';
import { type Permission, type Setting, type Touch, Traveller } from './traveller.js';

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
  readonly limits: Limits;
  readonly scenery: Scenery;
  readonly lacking: LackingMails;
}

/** Somebody on the list, and the way that is before them; null for whom the campaign has reached before. */
interface Listed {
  readonly person: Pick<ForeseenPerson, 'contact' | 'zone' | 'zoneSource' | 'locale'>;
  readonly setting: Setting | null;
}

/** What places there are once everybody on the list has asked for theirs, and for which start that was reckoned. */
interface Reckoned {
  readonly startAt: Date;
  readonly places: Places;
}

const DAY_MS = 86_400_000;
const HORIZON_DAYS = 90;
/** Touches that are older count in no window from the start on. */
const FRESH_TOUCH_MS = 8 * DAY_MS;
const PAGE = 1_000;
/** So many reckonings are remembered for so long: whoever looks through a list person by person asks for page after page. */
const KEPT = 50;
const KEPT_MS = 10 * 60_000;

/**
 * What a launch to a list would do, contact by contact, by the very machine and rules that decide it then: also who has to wait for a
 * campaign's daily limit, a first look or the ramp of a new domain, which is decided among all of them in the order of the real run.
 * Everybody is taken to do nothing, no relay to refuse, nobody to change and nothing else to be launched; and of the frequency cap it knows
 * what this partner has sent, as nobody may read here what others did.
 */
@Injectable()
export class DryRuns {
  private readonly reckoned = new Map<string, { readonly at: number; readonly run: Promise<Reckoned> }>();

  // More parameters than elsewhere: it looks at all that a launch and a hand-over look at.
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly offers: Offers,
    private readonly profiles: BrandProfiles,
    private readonly calendars: Calendars,
    private readonly identities: SendingIdentities,
    private readonly lists: ContactLists,
    private readonly contacts: Contacts,
    private readonly policy: SendPolicy,
    private readonly preferences: Preferences,
    private readonly ledger: Ledger,
    private readonly streams: Streams,
    private readonly dailyLimits: DailyLimits,
    private readonly reach: CampaignReach,
    @Inject(CONFIG) private readonly config: Pick<Config, 'FREQUENCY_CAP' | 'PARTNER_FREQUENCY_CAP'>,
  ) {}

  /** Over the whole list. @throws DomainError `campaign-version.not-found`, `contact-list.not-found`. */
  async forecast(actor: PartnerActor, request: DryRunRequest): Promise<DryRun> {
    const plan = await this.plan(actor, request);
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: plan.timeZone });
    const forecast = new Forecast(plan.sequence.steps.filter(isAction), (at) => format.format(at));
    const reckoning = this.reckon(plan, forecast);
    this.keep(actor, request, reckoning);
    await reckoning;
    return forecast.result(plan);
  }

  /** Of some contacts of the list, in the order of their ids. @throws DomainError as `forecast`. */
  async people(
    actor: PartnerActor,
    request: DryRunRequest,
    page: { readonly afterId: ContactId | null; readonly limit: number },
  ): Promise<Page<ForeseenPerson>> {
    const { startAt, places } = await this.reckonedFor(actor, request);
    const plan = await this.plan(actor, { ...request, startAt });
    const listed = await this.page(plan, page.afterId, page.limit);
    return {
      items: listed.map((one) => this.foresee(plan, one, places)),
      nextId: listed.length < page.limit ? null : (listed.at(-1)?.person.contact.id ?? null),
    };
  }

  /** What was reckoned a short while ago, or now; where nobody has to wait for anybody, nothing needs to be. */
  private async reckonedFor(actor: PartnerActor, request: DryRunRequest): Promise<Reckoned> {
    const known = this.reckoned.get(nameOf(actor, request));
    if (known !== undefined && performance.now() - known.at < KEPT_MS) return known.run;
    const plan = await this.plan(actor, request);
    if (!isLimited(plan.limits, plan.startAt)) return { startAt: plan.startAt, places: ENOUGH_PLACES };
    const run = this.reckon(plan, null);
    this.keep(actor, request, run);
    return run;
  }

  private keep(actor: PartnerActor, request: DryRunRequest, run: Promise<Reckoned>): void {
    const name = nameOf(actor, request);
    this.reckoned.delete(name);
    this.reckoned.set(name, { at: performance.now(), run });
    run.catch(() => this.reckoned.delete(name));
    const [oldest] = this.reckoned.keys();
    if (this.reckoned.size > KEPT && oldest !== undefined) this.reckoned.delete(oldest);
  }

  /** Everybody on the list, page by page: one after the other where nobody has to wait for anybody, else all together. */
  private async reckon(plan: Plan, forecast: Forecast | null): Promise<Reckoned> {
    const isAlone = !isLimited(plan.limits, plan.startAt);
    const crowd = new Crowd();
    const see = (step: ForeseenStep): void => forecast?.count(step);
    const left = (traveller: Traveller): void => forecast?.leave(traveller);
    for (let afterId: ContactId | null = null; ;) {
      const listed: Listed[] = await this.page(plan, afterId, PAGE);
      for (const { person, setting } of listed) {
        forecast?.enter(person.zoneSource);
        if (setting === null) {
          see(passedOver(plan));
          continue;
        }
        const traveller = new Traveller(setting, plan.scenery, see);
        if (isAlone) travel(traveller, ENOUGH_PLACES);
        if (traveller.isUnderWay) crowd.add(traveller);
        else left(traveller);
      }
      afterId = listed.at(-1)?.person.contact.id ?? null;
      await nextTurn();
      if (listed.length < PAGE) break;
    }
    const places = new TakenPlaces(plan.limits);
    const turns = crowd.move(places, left);
    while (turns.next().done !== true) await nextTurn();
    return { startAt: plan.startAt, places: isAlone ? ENOUGH_PLACES : places.known() };
  }

  private async plan(actor: PartnerActor, request: DryRunRequest): Promise<Plan> {
    await this.lists.get(actor, request.listId);
    const offer = await this.offers.one(actor, request.versionId);
    const { vendorId, campaignId } = offer.version;
    const profile = await this.profiles.current(actor);
    const identity = await this.identities.forMembership(actor, vendorId);
    const startAt = request.startAt ?? this.clock.now();
    const until = new Date(startAt.getTime() + HORIZON_DAYS * DAY_MS);
    const { definition, emails } = offer.compiled;
    const { sequence } = definition;
    const choices = withCalendar(request.choices, await this.calendars.of(actor, actor.partnerId));
    // What is held waits until it is mended; a dry run tells of where it is.
    const standing: IdentityStanding = identity.standing === 'held' ? 'ready' : identity.standing;
    const caps = { ofVendor: this.config.FREQUENCY_CAP, ofPartner: this.config.PARTNER_FREQUENCY_CAP };
    return {
      ...{ actor, offer, sequence, startAt, until, listId: request.listId },
      timeZone: profile.timeZone ?? sequence.timeZone ?? 'UTC',
      timeZoneSource: profile.timeZone === null ? 'vendor' : 'activation',
      locale: request.locale ?? offer.locale,
      limits: await this.database.inTransaction(actor, async () => ({
        perDay: sequence.dailyLimit ?? null,
        takenOn: await this.dailyLimits.takenSince(actor.partnerId, campaignId, startAt),
        stream: await this.streams.known(actor, { partnerId: actor.partnerId, ...streamOf(identity) }),
        lookMs: this.streams.lookMs,
      })),
      scenery: new Scenery({ sequence, startAt, until, choices, identity: standing, caps }),
      lacking: new LackingMails(emails),
    };
  }

  private async page(plan: Plan, afterId: ContactId | null, limit: number): Promise<Listed[]> {
    const { actor, listId, offer, sequence } = plan;
    return this.database.inTransaction(actor, async () => {
      const contacts = await this.contacts.inList(actor, listId, { afterId, limit });
      const ids = contacts.map(({ id }) => id);
      const forgotten = forgottenBefore(sequence, this.clock.now());
      const reached = await this.reach.among(actor, actor.partnerId, offer.version.campaignId, ids, forgotten);
      const known = await this.known(plan, ids);
      const lists = plan.scenery.asksForLists
        ? await this.lists.namesOf(actor, ids)
        : new Map<ContactId, readonly string[]>();
      return contacts.map((contact): Listed => {
        const person = clockOf(plan, contact);
        if (reached.has(contact.id)) return { person, setting: null };
        const { id: contactId, country } = contact;
        return {
          person,
          setting: {
            ...{ contactId, country, zone: person.zone, ...(known.get(contactId) ?? nobody(plan.scenery)) },
            lacking: plan.lacking.of(contact, person.locale),
            way: plan.scenery.wayOf(contact, person.zone, lists.get(contactId) ?? []),
          },
        };
      });
    });
  }

  /** What decides whether contacts may be written to, and how often they were. */
  private async known({ actor, offer, startAt, scenery }: Plan, ids: readonly ContactId[]) {
    const { vendorId, theme } = offer.version;
    const decisions = await this.policy.decide(actor, vendorId, ids, startAt);
    const refused = await this.preferences.refusedBy(actor, ids);
    const wishes = await this.preferences.of(actor, ids);
    const last = wishes.size === 0 ? new Map<ContactId, Date>() : await this.ledger.lastHandedOver([...wishes.keys()]);
    const touches = await this.ledger.touched(vendorId, ids, new Date(startAt.getTime() - FRESH_TOUCH_MS));
    return new Map(
      [...decisions].map(([id, decision]) => {
        const hasRefusedTopic = refused.get(id)?.has(theme) ?? false;
        const permission = scenery.shared({ decision, hasRefusedTopic, everyDays: wishes.get(id) ?? null });
        return [id, { permission, lastMailAt: last.get(id) ?? null, touches: touches.get(id) ?? NO_TOUCHES }];
      }),
    );
  }

  private foresee(plan: Plan, { person, setting }: Listed, places: Places): ForeseenPerson {
    if (setting === null) return { ...person, steps: [passedOver(plan)], end: 'not-enrolled' };
    const steps: ForeseenStep[] = [];
    const traveller = new Traveller(setting, plan.scenery, (step) => steps.push(step));
    travel(traveller, places);
    return { ...person, steps, end: traveller.end ?? 'later' };
  }
}

const NO_TOUCHES: readonly Touch[] = [];
/** Whose decision there is none of: gone since the page was read. */
const GONE: Permission = {
  decision: { send: false, reason: 'contact-gone' },
  hasRefusedTopic: false,
  everyDays: null,
};
const nobody = (scenery: Scenery) => ({
  permission: scenery.shared(GONE),
  lastMailAt: null,
  touches: NO_TOUCHES,
});

function travel(traveller: Traveller, places: Places): void {
  while (traveller.isUnderWay) traveller.move(places);
}

/** Of somebody whom the campaign has reached before. */
function passedOver({ sequence, startAt }: Plan): ForeseenStep {
  const stepKey = sequence.steps.find(({ kind }) => kind === 'email')?.key ?? '';
  return { stepKey, kind: 'email', round: 1, at: startAt, outcome: 'skipped', reason: 'already-got', waits: [] };
}

const nameOf = ({ partnerId }: PartnerActor, request: DryRunRequest): string => JSON.stringify([partnerId, request]);

function clockOf(plan: Plan, contact: ContactForSending): Listed['person'] {
  const { zone, source } = zoneOf(contact, defaultTimeZone, plan);
  const locales = [plan.locale, ...(plan.offer.version.locales as readonly Locale[])] as const;
  return { contact, zone, zoneSource: source, locale: bestLocale(contact.language ?? plan.locale, locales) };
}
