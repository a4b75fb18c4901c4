import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Calendars, Offers } from '#activations';
import { BrandProfiles, type IdentityStanding, SendingIdentities } from '#brand';
import {
  type ContactForSending,
  ContactLists,
  Contacts,
  longestWindowMs,
  OwnFrequencyCaps,
  Preferences,
  SendPolicy,
} from '#contacts';
import type { OfferedVersion } from '#campaigns';
import type { CompiledCampaign } from '#content';
import { Database } from '#database';
import { ContactSendHistory, Streams } from '#delivery';
import {
  bestLocale,
  type CampaignVersionId,
  Clock,
  type ContactId,
  type ContactListId,
  type Locale,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
} from '#kernel';
import { defaultTimeZone } from '#organisations';
import { forgottenBefore, type PartnerChoices, type SequenceDefinition, withCalendar } from '#sequencing';
import { CampaignReach } from '../enrolment/campaign-reach.service.js';
import { zoneOf } from '../enrolment/contact-clock.js';
import { DailyLimits } from '../enrolment/daily-limits.service.js';
import type { ForeseenPerson } from './dry-run.js';
import { DueQueue } from '../enrolment/due-queue.service.js';
import { LackingMails } from './lacking-mails.js';
import type { Permission, Setting, Touch } from './party.js';
import type { Limits } from './places.js';
import { Scenery } from './scenery.js';
import { streamOf } from '../sending/sending-stream.js';

export interface DryRunRequest {
  readonly versionId: CampaignVersionId;
  readonly listId: ContactListId;
  /** Null: now. */
  readonly startAt: Date | null;
  readonly locale: Locale | null;
  readonly choices: PartnerChoices;
}

/** A campaign version as far as a dry run looks at it, published or not. */
export interface Rehearsed {
  readonly version: Pick<OfferedVersion, 'vendorId' | 'campaignId' | 'theme' | 'locales'>;
  readonly compiled: CompiledCampaign;
  /** In which a partner would launch it. */
  readonly locale: Locale;
}

/** Somebody of a partner, or a process in that partner's scope. */
export type Rehearser = PartnerActor | (SystemActor & { readonly partnerId: PartnerId });

/** All that a forecast is made from and that all contacts share. */
export interface Plan {
  readonly actor: Rehearser;
  readonly offer: Rehearsed;
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
  /** What it rests on besides the list, in a few characters. */
  readonly state: string;
}

/** Somebody on the list, and what decides about them; null for whom the campaign has reached before. */
export interface Listed {
  readonly person: Pick<ForeseenPerson, 'contact' | 'zone' | 'zoneSource' | 'locale'>;
  readonly setting: Setting | null;
}

const DAY_MS = 86_400_000;
const HORIZON_DAYS = 90;

/** Reads what a dry run is made from: what a launch and a hand-over look at. */
@Injectable()
export class DryRunPlans {
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
    private readonly touches: ContactSendHistory,
    private readonly streams: Streams,
    private readonly dailyLimits: DailyLimits,
    private readonly reach: CampaignReach,
    private readonly queue: DueQueue,
    private readonly caps: OwnFrequencyCaps,
  ) {}

  /**
   * Changes when anything does that the partner decides or that its own mail has done: the list and its people, their permission and
   * wishes, its opt-outs, calendar, domain and places, what was launched. Not when others' dealings with the same people do: a partner
   * must not see when that happens.
   */
  async stateOf(plan: Plan): Promise<string> {
    const { actor, listId } = plan;
    const members = await this.lists.stateOf(actor, listId);
    const served = await this.queue.lastServedAt(actor.partnerId);
    return `${plan.state} ${members} ${served?.getTime() ?? ''}`;
  }

  /** @throws DomainError `campaign-version.not-found`, `contact-list.not-found`. */
  async plan(actor: PartnerActor, request: DryRunRequest): Promise<Plan> {
    await this.lists.get(actor, request.listId);
    const offer = await this.offers.one(actor, request.versionId);
    return this.planOf(actor, offer, request);
  }

  /** The same of a version that is at hand, for a list that there is. */
  async planOf(actor: Rehearser, offer: Rehearsed, request: Omit<DryRunRequest, 'versionId'>): Promise<Plan> {
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
    const caps = await this.caps.inForce(actor, vendorId, actor.partnerId);
    const limits = await this.database.inTransaction(actor, async () => ({
      perDay: sequence.dailyLimit ?? null,
      takenOn: await this.dailyLimits.takenSince(actor.partnerId, campaignId, startAt),
      stream: await this.streams.known(actor, { partnerId: actor.partnerId, ...streamOf(identity) }),
      holdMs: this.streams.holdMs,
    }));
    const rests = [offer.version, offer.locale, profile.timeZone, identity, choices, caps, limits, [...limits.takenOn]];
    return {
      state: createHash('sha256').update(JSON.stringify(rests)).digest('base64url'),
      actor,
      offer,
      sequence,
      startAt,
      until,
      listId: request.listId,
      timeZone: profile.timeZone ?? sequence.timeZone ?? 'UTC',
      timeZoneSource: profile.timeZone === null ? 'vendor' : 'activation',
      locale: request.locale ?? offer.locale,
      limits,
      scenery: new Scenery({ sequence, startAt, until, choices, identity: standing, caps }),
      lacking: new LackingMails(emails),
    };
  }

  /** Contacts of the list, in the order of their ids. */
  async page(plan: Plan, afterId: ContactId | null, limit: number): Promise<Listed[]> {
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
          setting: plan.scenery.together({
            country,
            zone: person.zone,
            ...(known.get(contactId) ?? nobody(plan.scenery)),
            lacking: plan.lacking.of(contact, person.locale),
            way: plan.scenery.wayOf(contact, person.zone, lists.get(contactId) ?? []),
          }),
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
    const last = wishes.size === 0 ? new Map<ContactId, Date>() : await this.touches.lastSubmitted([...wishes.keys()]);
    // Older ones count in no window from the start on; with a day for clocks that differ.
    const windowMs = longestWindowMs([...scenery.caps.ofVendor, ...scenery.caps.ofPartner]) + DAY_MS;
    const touches = await this.touches.frequencyUses(vendorId, ids, new Date(startAt.getTime() - windowMs));
    return new Map(
      [...decisions].map(([id, decision]) => {
        const hasRefusedTopic = refused.get(id)?.has(theme) ?? false;
        const permission = scenery.shared({ decision, hasRefusedTopic, everyDays: wishes.get(id) ?? null });
        return [id, { permission, lastMailAt: last.get(id) ?? null, touches: touches.get(id) ?? NO_TOUCHES }];
      }),
    );
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

function clockOf(plan: Plan, contact: ContactForSending): Listed['person'] {
  const { zone, source } = zoneOf(contact, defaultTimeZone, plan);
  const locales = [plan.locale, ...(plan.offer.version.locales as readonly Locale[])] as const;
  return { contact, zone, zoneSource: source, locale: bestLocale(contact.language ?? plan.locale, locales) };
}
