import { Injectable } from '@nestjs/common';
import { type ContactForSending, ContactLists, Contacts, type LaunchExclusion } from '#contacts';
import { Database } from '#database';
import { bestLocale, Clock, type ContactId, type Locale } from '#kernel';
import { defaultTimeZone } from '#organisations';
import { dateOn, holdOutPercentOf, testedStepOf } from '#sequencing';
import { CampaignReach } from '../enrolment/campaign-reach.service.js';
import { zoneOf } from '../enrolment/contact-clock.js';
import { ExperimentGroups } from '../enrolment/experiment-groups.service.js';
import type { CohortProfile } from './cohort.js';
import { DryRunFacts } from './dry-run-facts.service.js';
import type { SimulatedContact } from './dry-run.js';
import type { DryRunPlan } from './dry-run-plans.service.js';

/** A contact on the lists: its profile, or why a launch leaves it out. */
export type ListedContact = {
  readonly person: Pick<SimulatedContact, 'contact' | 'zone' | 'zoneSource' | 'locale'>;
} & (
  | { readonly profile: CohortProfile; readonly exclusion: null }
  | { readonly profile: null; readonly exclusion: LaunchExclusion }
);

/** Reads the contacts of lists with the profiles that decide their dry run. */
@Injectable()
export class DryRunContacts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly lists: ContactLists,
    private readonly contacts: Contacts,
    private readonly reach: CampaignReach,
    private readonly facts: DryRunFacts,
    private readonly groups: ExperimentGroups,
  ) {}

  /** @returns contacts of the lists, each once, in order of their ids. */
  async page(plan: DryRunPlan, afterId: ContactId | null, limit: number): Promise<ListedContact[]> {
    const { actor, lists, offer, sequence } = plan;
    return this.database.inTransaction(actor, async () => {
      const contacts = await this.contacts.inLists(actor, lists.include, { afterId, limit });
      const ids = contacts.map(({ id }) => id);
      const { campaignId } = offer.version;
      const now = this.clock.now();
      const holdOutPercent = holdOutPercentOf(sequence, plan.choices);
      const campaign = { campaignId, sequence, exclude: lists.exclude, holdOutPercent };
      const excluded = await this.reach.excludedAmong(actor, actor.partnerId, campaign, ids, now);
      const facts = await this.facts.read(plan, ids, now);
      const listNames = plan.cache.usesLists
        ? await this.lists.namesOf(actor, ids)
        : new Map<ContactId, readonly string[]>();
      return contacts.map((contact): ListedContact => {
        const person = clockOf(plan, contact);
        const exclusion = excluded.get(contact.id);
        if (exclusion !== undefined) return { person, profile: null, exclusion };
        const { id: contactId, country } = contact;
        const arm = this.armOf(plan, contact);
        const isFull = facts.emailsOfDay.fullUntil({ contactId, activationId: null }, person.zone, now) !== null;
        return {
          person,
          exclusion: null,
          profile: plan.cache.sharedProfile({
            country,
            zone: person.zone,
            arm,
            ...facts.ofContact(contactId),
            fullOn: isFull ? dateOn(now, person.zone) : null,
            unrenderable: plan.unrenderable.forContact(contact, person.locale),
            path: plan.cache.pathOf(contact, person.zone, listNames.get(contactId) ?? [], arm),
          }),
        };
      });
    });
  }

  /** What a launch would draw for a contact: the same, because the address decides. */
  private armOf({ sequence, offer: { version } }: DryRunPlan, contact: ContactForSending): string | null {
    const tested = testedStepOf(sequence);
    return tested === null ? null : (version.testWinner ?? this.groups.armOf(version.campaignId, tested, contact));
  }
}

function clockOf(plan: DryRunPlan, contact: ContactForSending): ListedContact['person'] {
  const { zone, source } = zoneOf(contact, defaultTimeZone, plan);
  const locales = [plan.locale, ...(plan.offer.version.locales as readonly Locale[])] as const;
  return { contact, zone, zoneSource: source, locale: bestLocale(contact.language ?? plan.locale, locales) };
}
