import { Injectable } from '@nestjs/common';
import { CONTACT_DATES, type LeadView } from '#contracts';
import { type ContactForSending, Contacts } from '#contacts';
import type { PartnerActor } from '#kernel';
import { Organisations, phoneLink } from '#organisations';
import {
  type Disclosure,
  Disclosures,
  type Lead,
  type LeadFacts,
  LeadFactsReader,
  nextStatuses,
  titleIn,
} from '#leads';
import { disclosureView } from './disclosure.view.js';
import { clickRuleView } from './lead-rule.view.js';

/** What a lead's view needs besides the lead. */
interface Beside {
  /** Undefined: deleted. */
  readonly person: ContactForSending | undefined;
  readonly facts: LeadFacts | undefined;
  readonly disclosure: Disclosure | undefined;
  /** Of the partner. */
  readonly countryCode: string;
}

/** Leads as a partner sees them: with person, campaign and what is shared. */
@Injectable()
export class LeadViews {
  constructor(
    private readonly contacts: Contacts,
    private readonly facts: LeadFactsReader,
    private readonly disclosures: Disclosures,
    private readonly organisations: Organisations,
  ) {}

  /** In the order of the leads. */
  async list(actor: PartnerActor, leads: readonly Lead[]): Promise<LeadView[]> {
    const ids = leads.map(({ id }) => id);
    const people = await this.contacts.byIds(
      actor,
      leads.map(({ contactId }) => contactId),
    );
    const facts = await this.facts.read(actor, leads);
    const disclosures = await this.disclosures.current(actor, ids);
    const { countryCode } = await this.organisations.get(actor, actor.partnerId);
    return leads.map((lead) =>
      leadView(lead, {
        person: people.find(({ id }) => id === lead.contactId),
        facts: facts.get(lead.id),
        disclosure: disclosures.get(lead.id),
        countryCode,
      }),
    );
  }

  async one(actor: PartnerActor, lead: Lead): Promise<LeadView> {
    const [view] = await this.list(actor, [lead]);
    if (view === undefined) throw new Error(`Lead ${lead.id} has no view.`);
    return view;
  }
}

function leadView(lead: Lead, { person, facts, disclosure, countryCode }: Beside): LeadView {
  const phone = lead.phone ?? person?.phone ?? null;
  const name = [person?.firstName, person?.lastName].filter((part) => part !== null && part !== undefined).join(' ');
  const vendorName = facts?.vendorName ?? '';
  return {
    id: lead.id,
    status: lead.status,
    next: nextStatuses(lead.status),
    source: lead.source,
    contactId: lead.contactId,
    name: name === '' ? (person?.email ?? '') : name,
    email: person?.email ?? '',
    company: person?.company ?? null,
    phone,
    phoneLink: phone === null ? null : { ...phoneLink(phone, person?.country, countryCode) },
    message: lead.message,
    answers: answersView(lead, person, countryCode),
    amount: lead.amount,
    deal: lead.deal === null ? null : { ...lead.deal, products: [...lead.deal.products] },
    activationId: lead.activationId,
    campaignTitle: facts === undefined ? '' : titleIn(facts.titles, facts.locale),
    campaignTitles: { ...facts?.titles },
    vendorName,
    response: { kind: facts?.response ?? 'step', links: [...(facts?.links ?? [])] },
    disclosure: disclosure === undefined ? null : disclosureView(disclosure, vendorName),
    qualifiedBy: lead.qualifiedBy === null ? null : clickRuleView(lead.qualifiedBy),
    machineClicksAt: lead.machineClicksAt?.toISOString() ?? null,
    followedUp:
      lead.followedUp === null ? null : { ...lead.followedUp, at: new Date(lead.followedUp.at).toISOString() },
    createdAt: lead.createdAt.toISOString(),
    requestedAt: lead.requestedAt.toISOString(),
    askedAgain: lead.askedAgain,
  };
}

const ANSWERED = ['firstName', 'lastName', 'company', 'phone', 'country', ...CONTACT_DATES] as const;

/** The answers in the order of the fields, each beside what the contact has instead. */
function answersView(
  { answers }: Lead,
  person: ContactForSending | undefined,
  countryCode: string,
): LeadView['answers'] {
  return ANSWERED.flatMap((field) => {
    const value = answers[field];
    if (value === undefined) return [];
    const stored = person?.[field] ?? null;
    const shown = field === 'phone' ? phoneLink(value, answers['country'], countryCode).text : value;
    return [{ field, value, contactValue: stored === shown || stored === value ? null : stored }];
  });
}
