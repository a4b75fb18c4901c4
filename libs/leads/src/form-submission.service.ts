import { Injectable } from '@nestjs/common';
import type { Activation } from '#activations';
import type { ContactForSending } from '#contacts';
import { Database } from '#database';
import { ClickVerdicts, Interactions } from '#engagement';
import type { ContactId, SystemActor } from '#kernel';
import { FormContacts, type FormPlace, isConfirmedLater, type ShownConsent } from './form-contacts.service.js';
import type { FormAnswers } from './landing-form.js';
import { LeadMail } from './lead-mail.service.js';
import { LeadRequests, type SentForm } from './lead-requests.service.js';
import { Leads } from './leads.service.js';

/**
 * Requests confirmations by e-mail.
 * The process that accepts forms implements it.
 */
export abstract class OptInRequests {
  /**
   * Call outside a transaction: it may scale the partner's logo, which takes a
   * while.
   * @returns asks the contact for a confirmation, within the open transaction.
   */
  abstract prepare(
    actor: SystemActor,
  ): Promise<
    (
      activation: Activation,
      contact: Pick<ContactForSending, 'id' | 'email' | 'language'>,
      consent: ShownConsent,
    ) => Promise<void>
  >;
}

/** What else a form does, in its transaction. */
export type AfterForm = (contact: Pick<ContactForSending, 'id' | 'email' | 'language'>) => Promise<void>;

/**
 * Turns the form of a landing page into a contact with its consent, and a lead.
 */
@Injectable()
export class FormSubmissions {
  // At the parameter limit: a form is a contact, a lead and an interaction.
  constructor(
    private readonly database: Database,
    private readonly people: FormContacts,
    private readonly interactions: Interactions,
    private readonly verdicts: ClickVerdicts,
    private readonly leads: Leads,
    private readonly requests: LeadRequests,
    private readonly mail: LeadMail,
    private readonly optIns: OptInRequests,
  ) {}

  /**
   * A form that is sent twice within minutes counts once.
   * @param actor in the scope of the activation's partner.
   * @param answers already validated, with an address.
   * @param after not called for a form that counts no more; null: nothing.
   * @returns the contact.
   */
  async accept(
    actor: SystemActor,
    place: FormPlace,
    answers: FormAnswers,
    consent: ShownConsent,
    after: AfterForm | null = null,
  ): Promise<ContactId> {
    const askToConfirm = isConfirmedLater(consent) ? await this.optIns.prepare(actor) : null;
    const { activation, pageKey, source } = place;
    const { partnerId, vendorId, id: activationId } = activation;
    const { message = null, phone = null, email: _, ...others } = answers;
    const sent: SentForm = { message, phone, answers: others };
    return this.database.inTransaction(actor, async () => {
      const known = await this.people.find(actor, answers);
      if (known !== null && (await this.requests.isRepeated({ activationId, contactId: known.id }, sent)))
        return known.id;
      const contact = await this.people.store(actor, known, { place, answers, consent });
      const contactId = contact.id;
      if (askToConfirm === null) await this.people.recordConsent(actor, contact, consent);
      else await askToConfirm(activation, contact, consent);
      const subject = { partnerId, vendorId, activationId, contactId, messageId: null };
      await this.interactions.record(subject, 'form', { name: pageKey, source });
      await this.verdicts.confirmFormSubmitted(activationId, contactId);
      const { id, isNew } = await this.leads.fromForm(actor, { contactId, activationId, ...sent });
      await this.mail.post(actor, id, isNew ? 'received' : 'asked-again');
      if (after !== null) await after(contact);
      return contactId;
    });
  }
}
