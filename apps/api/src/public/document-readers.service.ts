import { Injectable } from '@nestjs/common';
import { type Activation, PageVisitors } from '#activations';
import { SendPolicy } from '#contacts';
import type { Source } from '#contracts';
import { Clock, type Id, type SystemActor } from '#kernel';
import { DocumentDelivery, type DocumentReader } from './document-delivery.service.js';

/** How a reader came to a document. */
interface Arrival {
  readonly click: Id<'interaction'> | null;
  /** Of a link that was made for the reader; null: none. */
  readonly token: string | null;
  readonly source: Source;
}

/** Recognises readers who get a document that requires a form. */
@Injectable()
export class DocumentReaders {
  constructor(
    private readonly visitors: PageVisitors,
    private readonly policy: SendPolicy,
    private readonly delivery: DocumentDelivery,
    private readonly clock: Clock,
  ) {}

  /**
   * Who has a link of an own, or comes from an e-mail and may be written to.
   * @param actor in the scope of the activation's partner.
   * @returns null: anyone else, who has to send the form.
   */
  async find(
    actor: SystemActor,
    activation: Activation,
    key: string,
    { click, token, source }: Arrival,
  ): Promise<DocumentReader | null> {
    const contactId = token === null ? null : this.delivery.contactOf(activation, key, token);
    if (contactId !== null) return { contactId, by: 'link', source };
    const visitor = await this.visitors.find(actor, activation, click);
    if (visitor === null) return null;
    const decisions = await this.policy.decide(actor, activation.vendorId, [visitor.id], this.clock.now());
    return decisions.get(visitor.id)?.send === true ? { contactId: visitor.id, by: 'visit', source: 'email' } : null;
  }
}
