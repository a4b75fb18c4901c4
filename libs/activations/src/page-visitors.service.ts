import { Injectable } from '@nestjs/common';
import { type ContactForSending, Contacts } from '#contacts';
import { Visitors } from '#engagement';
import type { Id, SystemActor } from '#kernel';
import type { Activation } from './activation.js';

/** Who has come to a page by a personal link. */
@Injectable()
export class PageVisitors {
  constructor(
    private readonly visitors: Visitors,
    private readonly contacts: Contacts,
  ) {}

  /**
   * @param actor in the scope of the activation's partner.
   * @returns null without a click, and once it is too long ago.
   */
  async find(
    actor: SystemActor,
    activation: Activation,
    click: Id<'interaction'> | null,
  ): Promise<ContactForSending | null> {
    const contactId = click === null ? null : await this.visitors.ofPage(actor, activation.id, click);
    const [contact = null] = contactId === null ? [] : await this.contacts.byIds(actor, [contactId]);
    return contact;
  }
}
