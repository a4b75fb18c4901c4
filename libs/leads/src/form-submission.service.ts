import { Injectable } from '@nestjs/common';
import type { Activation } from '#activations';
import { type Contact, type ContactForSending, type ContactInput, Contacts } from '#contacts';
import { Database } from '#database';
import { ClickVerdicts, Engagement } from '#engagement';
import type { SystemActor } from '#kernel';
import { LeadMail } from './lead-mail.service.js';
import { Leads } from './leads.service.js';

/** The valid fields of a landing page's form. An absent field is empty. */
export interface FormFields {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string;
  readonly phone: string;
  readonly message: string;
}

/** The consent as the form showed it. */
export interface ShownConsent {
  readonly text: string;
  /** BCP 47, of the form. */
  readonly language: string;
  /** IP address of the sender. */
  readonly from: string;
  /** Whether the consent counts only after a confirmation by e-mail. */
  readonly isDouble: boolean;
}

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

/**
 * Turns the form of a landing page into a contact with its consent, and a lead.
 */
@Injectable()
export class FormSubmissions {
  constructor(
    private readonly database: Database,
    private readonly contacts: Contacts,
    private readonly engagement: Engagement,
    private readonly verdicts: ClickVerdicts,
    private readonly leads: Leads,
    private readonly mail: LeadMail,
    private readonly optIns: OptInRequests,
  ) {}

  /**
   * @param actor in the scope of the activation's partner.
   * @param fields already validated.
   */
  async accept(actor: SystemActor, activation: Activation, fields: FormFields, consent: ShownConsent): Promise<void> {
    const askToConfirm = consent.isDouble ? await this.optIns.prepare(actor) : null;
    const { partnerId, vendorId, id: activationId } = activation;
    await this.database.inTransaction(actor, async () => {
      const contact = await this.contact(actor, fields, consent);
      const contactId = contact.id;
      if (askToConfirm !== null) await askToConfirm(activation, contact, consent);
      await this.engagement.record({ partnerId, vendorId, activationId, contactId, messageId: null }, 'form');
      await this.verdicts.confirmFormSubmitted(activationId, contactId);
      const { id, isNew } = await this.leads.fromForm(actor, {
        contactId,
        activationId,
        message: fields.message || null,
        phone: fields.phone || null,
      });
      await this.mail.post(actor, id, isNew ? 'received' : 'asked-again');
    });
  }

  /** Records the consent at once, unless it waits for a confirmation. */
  private async contact(actor: SystemActor, fields: FormFields, consent: ShownConsent): Promise<Contact> {
    const { email } = fields;
    const evidence = { basis: 'opt-in' as const, evidence: consent.text };
    const known = await this.contacts.byEmail(actor, email);
    if (known === null) {
      const details: ContactInput = {
        firstName: fields.firstName || null,
        lastName: fields.lastName || null,
        company: fields.company || null,
        phone: fields.phone || null,
        language: consent.language,
      };
      return this.contacts.create(actor, { ...details, email, ...(consent.isDouble ? {} : { consent: evidence }) });
    }
    if (!consent.isDouble) await this.contacts.recordConsent(actor, known.id, evidence);
    return known;
  }
}
