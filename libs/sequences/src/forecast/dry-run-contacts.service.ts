import { Injectable } from '@nestjs/common';
import {
  type ContactForSending,
  ContactLists,
  Contacts,
  type LaunchExclusion,
  longestWindowMs,
  Preferences,
  SendPolicy,
} from '#contacts';
import { Database } from '#database';
import { ContactSendHistory } from '#delivery';
import { bestLocale, Clock, type ContactId, type Locale, DAY_MS } from '#kernel';
import { defaultTimeZone } from '#organisations';
import { CampaignReach } from '../enrolment/campaign-reach.service.js';
import { zoneOf } from '../enrolment/contact-clock.js';
import type { CohortProfile, CountedSend, Permission } from './cohort.js';
import type { DryRunCache } from './dry-run-cache.js';
import type { SimulatedContact } from './dry-run.js';
import type { DryRunPlan } from './dry-run-plans.service.js';

/** A contact on the list: its profile, or why a launch leaves it out. */
export type ListedContact = {
  readonly person: Pick<SimulatedContact, 'contact' | 'zone' | 'zoneSource' | 'locale'>;
} & (
  | { readonly profile: CohortProfile; readonly exclusion: null }
  | { readonly profile: null; readonly exclusion: LaunchExclusion }
);

/** Reads the contacts of a list with the profiles that decide their dry run. */
@Injectable()
export class DryRunContacts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly lists: ContactLists,
    private readonly contacts: Contacts,
    private readonly policy: SendPolicy,
    private readonly preferences: Preferences,
    private readonly history: ContactSendHistory,
    private readonly reach: CampaignReach,
  ) {}

  /** @returns contacts of the list, in order of their ids. */
  async page(plan: DryRunPlan, afterId: ContactId | null, limit: number): Promise<ListedContact[]> {
    const { actor, listId, offer, sequence } = plan;
    return this.database.inTransaction(actor, async () => {
      const contacts = await this.contacts.inList(actor, listId, { afterId, limit });
      const ids = contacts.map(({ id }) => id);
      const { campaignId } = offer.version;
      const now = this.clock.now();
      const excluded = await this.reach.excludedAmong(actor, actor.partnerId, { campaignId, sequence }, ids, now);
      const facts = await this.facts(plan, ids);
      const lists = plan.cache.usesLists
        ? await this.lists.namesOf(actor, ids)
        : new Map<ContactId, readonly string[]>();
      return contacts.map((contact): ListedContact => {
        const person = clockOf(plan, contact);
        const exclusion = excluded.get(contact.id);
        if (exclusion !== undefined) return { person, profile: null, exclusion };
        const { id: contactId, country } = contact;
        return {
          person,
          exclusion: null,
          profile: plan.cache.sharedProfile({
            country,
            zone: person.zone,
            ...(facts.get(contactId) ?? unknownContact(plan.cache)),
            unrenderable: plan.unrenderable.forContact(contact, person.locale),
            path: plan.cache.pathOf(contact, person.zone, lists.get(contactId) ?? []),
          }),
        };
      });
    });
  }

  /**
   * Reads permissions, frequency preferences and earlier e-mails of contacts.
   */
  private async facts({ actor, offer, startAt, cache, optOuts }: DryRunPlan, ids: readonly ContactId[]) {
    const { vendorId, theme } = offer.version;
    const decisions = await this.policy.decide(actor, vendorId, ids, startAt, optOuts);
    const refused = await this.preferences.refusedTopics(actor, ids);
    const wishes = await this.preferences.intervalDays(actor, ids);
    const last = wishes.size === 0 ? new Map<ContactId, Date>() : await this.history.lastSubmitted([...wishes.keys()]);
    // Older e-mails count in no frequency window. One day is added because
    // clocks may differ.
    const windowMs = longestWindowMs([...cache.caps.ofMembership, ...cache.caps.ofPartner]) + DAY_MS;
    const sends = await this.history.frequencyUses(vendorId, ids, new Date(startAt.getTime() - windowMs));
    return new Map(
      [...decisions].map(([id, decision]) => {
        const hasRefusedTopic = refused.get(id)?.has(theme) ?? false;
        const permission = cache.sharedPermission({ decision, hasRefusedTopic, everyDays: wishes.get(id) ?? null });
        return [id, { permission, lastMailAt: last.get(id) ?? null, sends: sends.get(id) ?? NO_SENDS }];
      }),
    );
  }
}

const NO_SENDS: readonly CountedSend[] = [];
/** The contact was erased after its page was read. */
const GONE: Permission = {
  decision: { send: false, reason: 'contact-gone' },
  hasRefusedTopic: false,
  everyDays: null,
};
const unknownContact = (cache: DryRunCache) => ({
  permission: cache.sharedPermission(GONE),
  lastMailAt: null,
  sends: NO_SENDS,
});

function clockOf(plan: DryRunPlan, contact: ContactForSending): ListedContact['person'] {
  const { zone, source } = zoneOf(contact, defaultTimeZone, plan);
  const locales = [plan.locale, ...(plan.offer.version.locales as readonly Locale[])] as const;
  return { contact, zone, zoneSource: source, locale: bestLocale(contact.language ?? plan.locale, locales) };
}
