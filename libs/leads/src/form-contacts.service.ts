import { Injectable } from '@nestjs/common';
import type { Activation } from '#activations';
import { type AskingForm, type Contact, type ContactInput, Contacts } from '#contacts';
import { CONTACT_DATES, type Source } from '#contracts';
import type { SystemActor } from '#kernel';
import { phoneLink } from '#organisations';
import type { FormAnswers } from './landing-form.js';
import { ResponseLists } from './response-lists.service.js';

/** The consent as the form showed it. */
export interface ShownConsent {
  readonly text: string;
  /** IP address of the sender. */
  readonly from: string;
  /** ISO 3166-1, as stated in the form; null: it was not. */
  readonly jurisdiction: string | null;
  readonly form: AskingForm;
  /** The person enters the sequence only with a confirmation: who may be written to anyhow is asked, too. */
  readonly isConfirmedToEnter: boolean;
}

/** Where a form was sent, and where from. */
export interface FormPlace {
  readonly activation: Activation;
  /** Of the page, in its campaign. */
  readonly pageKey: string;
  /** ISO 3166-1, of the partner: telephone numbers without a country code are taken for its. */
  readonly partnerCountry: string | null;
  /** What led the person to the page. */
  readonly source: Source;
}

/** Whether the consent counts only after a confirmation by e-mail. */
export const isConfirmedLater = ({ form }: ShownConsent): boolean => form.confirmation !== 'none';

/** A sent form: where, what and with which consent. */
interface ReceivedForm {
  readonly place: FormPlace;
  readonly answers: FormAnswers;
  readonly consent: ShownConsent;
}

/** The contacts of those who send forms. Each method joins the open transaction. */
@Injectable()
export class FormContacts {
  constructor(
    private readonly contacts: Contacts,
    private readonly lists: ResponseLists,
  ) {}

  /** The contact of the address; locks the address until the transaction ends. */
  async find(actor: SystemActor, { email = '' }: FormAnswers): Promise<Contact | null> {
    return this.contacts.byEmail(actor, email);
  }

  /**
   * Creates the contact, or fills in what is unknown of it: a form proves nothing
   * about its sender, so what the partner knows stays.
   */
  async store(actor: SystemActor, known: Contact | null, form: ReceivedForm): Promise<Contact> {
    const details = detailsOf(form);
    const contact =
      known === null
        ? await this.contacts.create(actor, { ...details, email: form.answers.email ?? '' })
        : await this.contacts.fillUnknown(actor, known, details);
    await this.lists.add(actor, form.place.activation, contact.id);
    return contact;
  }

  async recordConsent(actor: SystemActor, contact: Contact, { text, jurisdiction, form }: ShownConsent): Promise<void> {
    await this.contacts.recordConsentOf(actor, contact, { basis: 'opt-in', evidence: text, jurisdiction, form });
  }
}

/** The answers as a contact has them: a telephone number in international form. */
function detailsOf({ place, answers, consent }: ReceivedForm): ContactInput {
  const { firstName, lastName, company, phone, country } = answers;
  const { jurisdiction, form } = consent;
  const dates = Object.fromEntries(CONTACT_DATES.map((field) => [field, answers[field]]));
  const known = Object.entries({ firstName, lastName, company, ...dates }).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(known),
    ...(phone === undefined ? {} : { phone: phoneLink(phone, jurisdiction, place.partnerCountry).text }),
    ...(country === undefined || jurisdiction === null ? {} : { country: jurisdiction }),
    language: form.language,
  };
}
