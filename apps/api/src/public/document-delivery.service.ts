import { Injectable } from '@nestjs/common';
import type { Activation } from '#activations';
import { SendPolicy } from '#contacts';
import type { Source } from '#contracts';
import { DocumentRequests } from '#engagement';
import { SystemMail } from '#identity';
import { type ContactId, MINUTE_MS, type SystemActor } from '#kernel';
import type { AfterForm } from '#leads';
import { DOCUMENT_MAIL_TEXTS } from './document-mail-texts.js';
import { composePartnerLetter, PartnerLetters } from './partner-letters.service.js';

/** A document that a form was sent for. */
export interface AskedDocument {
  readonly key: string;
  /** In the language of the form. */
  readonly title: string;
}

/** Who gets a document: by a link of an own, or as the recipient of an e-mail. */
export interface DocumentReader {
  readonly contactId: ContactId;
  readonly by: 'link' | 'visit';
  readonly source: Source;
}

/** A browser that loads a document in parts, or again, asks once. */
const SAME_REQUEST_MS = 30 * MINUTE_MS;

/** Delivers documents that require a form, by links for one contact. */
@Injectable()
export class DocumentDelivery {
  constructor(
    private readonly requests: DocumentRequests,
    private readonly policy: SendPolicy,
    private readonly letters: PartnerLetters,
    private readonly mail: SystemMail,
  ) {}

  /** Path of a link that delivers the document to the contact, for seven days. */
  path(
    { id: activationId, slug }: Activation,
    key: string,
    contactId: ContactId,
    { locale, source }: { readonly locale: string; readonly source: Source },
  ): string {
    const token = this.requests.token({ activationId, key }, contactId);
    return `/p/${slug}/documents/${key}.pdf?locale=${locale}&source=${source}&g=${token}`;
  }

  /**
   * Call outside a transaction; see `PartnerLetters.look`.
   * @param locale of the form, BCP 47.
   * @param source what led the reader to the page.
   * @returns records the request and mails a link to the contact, in the open
   *   transaction. People who do not want e-mail, and addresses that bounced, get
   *   none: anyone can write any address into a form.
   */
  async prepare(
    actor: SystemActor,
    activation: Activation,
    { key, title }: AskedDocument,
    { locale, source }: { readonly locale: string; readonly source: Source },
  ): Promise<AfterForm> {
    const look = await this.letters.look(actor);
    const { id: activationId, partnerId, vendorId, slug } = activation;
    return async (contact) => {
      const subject = { partnerId, vendorId, activationId, contactId: contact.id };
      await this.requests.record(actor, subject, key, { source, withinMs: 0 });
      if ((await this.policy.suppression(actor, contact.id, vendorId)) !== null) return;
      const { t, language } = DOCUMENT_MAIL_TEXTS.in(contact.language ?? locale, locale);
      const page = this.letters.pageUrl(slug);
      const url = new URL(this.path(activation, key, contact.id, { locale, source: 'email' }), page).href;
      const values = { document: title, partner: look.name };
      const letter = composePartnerLetter(
        {
          to: contact.email,
          language,
          subject: t('subject', values),
          paragraphs: [t('received', values)],
          button: { label: t('button'), url },
          closing: t('closing'),
          page,
        },
        look,
      );
      await this.mail.postWithinLimit('document', letter, { contact: { id: contact.id, partnerId } });
    };
  }

  /** The contact for whom a link of `path` was made; null: it is none, or too old. */
  contactOf(activation: Activation, key: string, token: string): ContactId | null {
    return this.requests.open({ activationId: activation.id, key }, token);
  }

  /** Records that a contact got a document: by a link the first time, else once per visit. */
  async record(
    actor: SystemActor,
    { id: activationId, partnerId, vendorId }: Activation,
    key: string,
    { contactId, by, source }: DocumentReader,
  ): Promise<void> {
    const withinMs = by === 'link' ? null : SAME_REQUEST_MS;
    const subject = { partnerId, vendorId, activationId, contactId };
    await this.requests.record(actor, subject, key, { source, withinMs });
  }
}
