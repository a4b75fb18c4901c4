import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { Contacts } from '#contacts';
import { Database } from '#database';
import type { NotificationEvent } from '#contracts';
import type { LimitedMail } from '#identity';
import { Clock, type LeadId, type SystemActor } from '#kernel';
import { contactReaders, Notifier } from '#notifications';
import { phoneLink } from '#organisations';
import type { Lead } from './lead.js';
import { LeadFactsReader, titleIn } from './lead-facts.service.js';
import { leadLetter, type LeadOccasion, type LeadPerson } from './lead-letter.js';
import { LeadMailSettings } from './lead-mail-settings.service.js';

/**
 * Recipients: first the address of the brand profile, then the owners if no
 * user reacted.
 */
const RECIPIENTS = {
  received: 'contact',
  'asked-again': 'contact',
  clicked: 'contact',
  withdrawn: 'contact',
  reminder: 'contact',
  escalation: 'owners',
  'taken-up-reminder': 'contact',
  'taken-up-escalation': 'owners',
} as const satisfies Record<LeadOccasion, string>;

/**
 * Mails about leads that a stranger can make: they send a form as often as the
 * rate limit allows, and each lead is reminded of later.
 */
const LIMITED: Readonly<Partial<Record<LeadOccasion, LimitedMail>>> = {
  received: 'form-notice',
  'asked-again': 'form-notice',
  reminder: 'lead-reminder',
  escalation: 'lead-reminder',
};

/** What the portal says. A reminder of an untouched lead is one event per level. */
const EVENTS = {
  received: 'lead',
  'asked-again': 'lead-again',
  clicked: 'lead',
  withdrawn: 'lead-withdrawn',
  reminder: 'lead-waiting',
  escalation: 'lead-waiting',
  'taken-up-reminder': 'lead-waiting',
  'taken-up-escalation': 'lead-waiting',
} as const satisfies Record<LeadOccasion, NotificationEvent>;

type MailedLead = Pick<Lead, 'id' | 'partnerId' | 'contactId' | 'activationId' | 'source' | 'phone'>;

/** Tells a partner of its leads, in the language of who reads the e-mails. */
@Injectable()
export class LeadMail {
  // At the parameter limit: a mail says what four libs know.
  constructor(
    private readonly database: Database,
    private readonly profiles: BrandProfiles,
    private readonly clock: Clock,
    private readonly contacts: Contacts,
    private readonly facts: LeadFactsReader,
    private readonly settings: LeadMailSettings,
    private readonly notifier: Notifier,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * In the open transaction of the partner's scope.
   * @param waitedMs how long the lead has been waiting.
   */
  async post(actor: SystemActor, leadId: LeadId, occasion: LeadOccasion, waitedMs = 0): Promise<void> {
    const [lead] = await this.database.query<MailedLead>(
      'SELECT id, partner_id, contact_id, activation_id, source, phone FROM leads.lead WHERE id = $1',
      [leadId],
    );
    const facts = (await this.facts.read(actor, lead === undefined ? [] : [lead])).get(leadId);
    if (lead === undefined || facts === undefined) throw new Error(`No lead ${leadId} to write about.`);
    const { partnerId, contactId } = lead;
    const { name: partner, contact, countryCode } = await this.profiles.current(actor);
    const toOwners = RECIPIENTS[occasion] === 'owners';
    const person = await this.person(actor, lead, countryCode);
    const about = person === null ? {} : { aboutContact: { id: contactId, partnerId } };
    const path = `/leads?lead=${leadId}`;
    await this.notifier.notify(
      actor,
      {
        organisationId: partnerId,
        kind: 'leads',
        event: EVENTS[occasion],
        key: `${leadId} ${occasion} ${this.clock.now().toISOString()}`,
        by: null,
        titles: facts.titles,
        path,
        audience: toOwners
          ? contactReaders(null)
          : // Without an address nobody is mailed by default: the owners are, if no user reacts.
            { ...contactReaders(contact.email), ...(contact.email === null ? { byDefault: () => null } : {}) },
        ...(person === null ? {} : { contact: { id: contactId, partnerId } }),
      },
      (reader) =>
        leadLetter(reader, `${this.config.PUBLIC_URL}${path}`, occasion, {
          partner,
          campaign: titleIn(facts.titles, reader.locale),
          response: facts.response,
          isOver: facts.isOver,
          person,
          waitedMs,
        }),
      { about, limit: LIMITED[occasion] },
    );
  }

  /**
   * What the partner wants in its mails of the person. Null: the contact is
   * deleted.
   */
  private async person(
    actor: SystemActor,
    { partnerId, contactId, phone }: MailedLead,
    countryCode: string | null,
  ): Promise<LeadPerson | null> {
    const [contact] = await this.contacts.byIds(actor, [contactId]);
    if (contact === undefined) return null;
    const details = await this.settings.get(actor, partnerId);
    const name = [contact.firstName, contact.lastName].filter((part) => part !== null).join(' ');
    const typed = details === 'none' ? null : (phone ?? contact.phone);
    const isNamed = details === 'person';
    return {
      name: isNamed && name !== '' ? name : null,
      company: isNamed ? contact.company : null,
      phone: typed === null ? null : phoneLink(typed, contact.country, countryCode),
    };
  }
}
