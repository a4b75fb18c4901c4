import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Calendars, Offers } from '#activations';
import { BrandProfiles, type IdentityStatus, SendingIdentities } from '#brand';
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
import type { SimulatedContact } from './dry-run.js';
import { DueQueue } from '../enrolment/due-queue.service.js';
import { UnrenderableEmails } from './unrenderable-emails.js';
import type { Permission, CohortProfile, CountedSend } from './cohort.js';
import type { QuotaLimits } from './quotas.js';
import { DryRunCache } from './dry-run-cache.js';
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
export interface SimulatedVersion {
  readonly version: Pick<OfferedVersion, 'vendorId' | 'campaignId' | 'theme' | 'locales'>;
  readonly compiled: CompiledCampaign;
  /** In which a partner would launch it. */
  readonly locale: Locale;
}

/** Somebody of a partner, or a process in that partner's scope. */
export type DryRunActor = PartnerActor | (SystemActor & { readonly partnerId: PartnerId });

/** All that a forecast is made from and that all contacts share. */
export interface DryRunPlan {
  readonly actor: DryRunActor;
  readonly offer: SimulatedVersion;
  readonly sequence: SequenceDefinition;
  readonly listId: ContactListId;
  readonly startAt: Date;
  readonly until: Date;
  readonly timeZone: string;
  readonly timeZoneSource: 'activation' | 'vendor';
  readonly locale: Locale;
  readonly limits: QuotaLimits;
  readonly cache: DryRunCache;
  readonly unrenderable: UnrenderableEmails;
  /** What it rests on besides the list, in a few characters. */
  readonly state: string;
}

/** Somebody on the list, and what decides about them; null for whom the campaign has reached before. */
export interface ListedContact {
  readonly person: Pick<SimulatedContact, 'contact' | 'zone' | 'zoneSource' | 'locale'>;
  readonly profile: CohortProfile | null;
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
  async stateOf(plan: DryRunPlan): Promise<string> {
    const { actor, listId } = plan;
    const members = await this.lists.changeToken(actor, listId);
    const served = await this.queue.lastServedAt(actor.partnerId);
    return `${plan.state} ${members} ${served?.getTime() ?? ''}`;
  }

  /** @throws DomainError `campaign-version.not-found`, `contact-list.not-found`. */
  async plan(actor: PartnerActor, request: DryRunRequest): Promise<DryRunPlan> {
    await this.lists.get(actor, request.listId);
    const offer = await this.offers.one(actor, request.versionId);
    return this.planOf(actor, offer, request);
  }

  /** The same of a version that is at hand, for a list that there is. */
  async planOf(
    actor: DryRunActor,
    offer: SimulatedVersion,
    request: Omit<DryRunRequest, 'versionId'>,
  ): Promise<DryRunPlan> {
    const { vendorId, campaignId } = offer.version;
    const profile = await this.profiles.current(actor);
    const identity = await this.identities.forMembership(actor, vendorId);
    const startAt = request.startAt ?? this.clock.now();
    const until = new Date(startAt.getTime() + HORIZON_DAYS * DAY_MS);
    const { definition, emails } = offer.compiled;
    const { sequence } = definition;
    const choices = withCalendar(request.choices, await this.calendars.get(actor, actor.partnerId));
    // What is held waits until it is mended; a dry run tells of where it is.
    const standing: IdentityStatus = identity.status === 'held' ? 'ready' : identity.status;
    const caps = await this.caps.inForce(actor, vendorId, actor.partnerId);
    const limits = await this.database.inTransaction(actor, async () => ({
      perDay: sequence.dailyLimit ?? null,
      usedOn: await this.dailyLimits.usedSince(actor.partnerId, campaignId, startAt),
      stream: await this.streams.current(actor, { partnerId: actor.partnerId, ...streamOf(identity) }),
      holdMs: this.streams.holdMs,
    }));
    const rests = [offer.version, offer.locale, profile.timeZone, identity, choices, caps, limits, [...limits.usedOn]];
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
      cache: new DryRunCache({ sequence, startAt, until, choices, identity: standing, caps }),
      unrenderable: new UnrenderableEmails(emails),
    };
  }

  /** Contacts of the list, in the order of their ids. */
  async page(plan: DryRunPlan, afterId: ContactId | null, limit: number): Promise<ListedContact[]> {
    const { actor, listId, offer, sequence } = plan;
    return this.database.inTransaction(actor, async () => {
      const contacts = await this.contacts.inList(actor, listId, { afterId, limit });
      const ids = contacts.map(({ id }) => id);
      const forgotten = forgottenBefore(sequence, this.clock.now());
      const reached = await this.reach.reachedAmong(actor, actor.partnerId, offer.version.campaignId, ids, forgotten);
      const known = await this.known(plan, ids);
      const lists = plan.cache.asksForLists
        ? await this.lists.namesOf(actor, ids)
        : new Map<ContactId, readonly string[]>();
      return contacts.map((contact): ListedContact => {
        const person = clockOf(plan, contact);
        if (reached.has(contact.id)) return { person, profile: null };
        const { id: contactId, country } = contact;
        return {
          person,
          profile: plan.cache.sharedProfile({
            country,
            zone: person.zone,
            ...(known.get(contactId) ?? unknownContact(plan.cache)),
            lacking: plan.unrenderable.forContact(contact, person.locale),
            way: plan.cache.pathOf(contact, person.zone, lists.get(contactId) ?? []),
          }),
        };
      });
    });
  }

  /** What decides whether contacts may be written to, and how often they were. */
  private async known({ actor, offer, startAt, cache: scenery }: DryRunPlan, ids: readonly ContactId[]) {
    const { vendorId, theme } = offer.version;
    const decisions = await this.policy.decide(actor, vendorId, ids, startAt);
    const refused = await this.preferences.refusedTopics(actor, ids);
    const wishes = await this.preferences.intervalDays(actor, ids);
    const last = wishes.size === 0 ? new Map<ContactId, Date>() : await this.touches.lastSubmitted([...wishes.keys()]);
    // Older ones count in no window from the start on; with a day for clocks that differ.
    const windowMs = longestWindowMs([...scenery.caps.ofVendor, ...scenery.caps.ofPartner]) + DAY_MS;
    const touches = await this.touches.frequencyUses(vendorId, ids, new Date(startAt.getTime() - windowMs));
    return new Map(
      [...decisions].map(([id, decision]) => {
        const hasRefusedTopic = refused.get(id)?.has(theme) ?? false;
        const permission = scenery.sharedPermission({ decision, hasRefusedTopic, everyDays: wishes.get(id) ?? null });
        return [id, { permission, lastMailAt: last.get(id) ?? null, touches: touches.get(id) ?? NO_TOUCHES }];
      }),
    );
  }
}

const NO_TOUCHES: readonly CountedSend[] = [];
/** Whose decision there is none of: gone since the page was read. */
const GONE: Permission = {
  decision: { send: false, reason: 'contact-gone' },
  hasRefusedTopic: false,
  everyDays: null,
};
const unknownContact = (scenery: DryRunCache) => ({
  permission: scenery.sharedPermission(GONE),
  lastMailAt: null,
  touches: NO_TOUCHES,
});

function clockOf(plan: DryRunPlan, contact: ContactForSending): ListedContact['person'] {
  const { zone, source } = zoneOf(contact, defaultTimeZone, plan);
  const locales = [plan.locale, ...(plan.offer.version.locales as readonly Locale[])] as const;
  return { contact, zone, zoneSource: source, locale: bestLocale(contact.language ?? plan.locale, locales) };
}
