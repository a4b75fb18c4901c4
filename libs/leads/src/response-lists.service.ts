import { Injectable } from '@nestjs/common';
import type { Activation } from '#activations';
import { Activations } from '#activations';
import { ContactLists } from '#contacts';
import { Database } from '#database';
import { type ContactId, type ContactListId, type SystemActor, Texts } from '#kernel';
import { titleIn } from './lead-facts.service.js';

import de from './texts/response-lists/de.json' with { type: 'json' };
import en from './texts/response-lists/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });
/** Leaves room for the words around it in the name of a list. */
const MAX_TITLE_LENGTH = 160;

/**
 * Contact lists of those who sent a form, one per campaign, named after it. The
 * partner may rename such a list, and gets a new one if it deletes it.
 */
@Injectable()
export class ResponseLists {
  constructor(
    private readonly database: Database,
    private readonly activations: Activations,
    private readonly lists: ContactLists,
  ) {}

  /** Adds a contact, in the open transaction of the partner's scope. */
  async add(actor: SystemActor, activation: Activation, contactId: ContactId): Promise<void> {
    const listId = (await this.find(activation)) ?? (await this.create(actor, activation));
    await this.lists.addContacts(actor, listId, [contactId]);
  }

  private async find({ partnerId, campaignId }: Activation): Promise<ContactListId | null> {
    const [found] = await this.database.query<{ listId: ContactListId }>(
      'SELECT list_id FROM leads.response_list WHERE partner_id = $1 AND campaign_id = $2',
      [partnerId, campaignId],
    );
    return found?.listId ?? null;
  }

  private async create(actor: SystemActor, activation: Activation): Promise<ContactListId> {
    const { partnerId, campaignId } = activation;
    await this.database.lock(`response list ${partnerId} ${campaignId}`);
    const made = await this.find(activation);
    if (made !== null) return made;
    const { definition } = await this.activations.campaign(actor, activation);
    const title = titleIn(definition.title, activation.locale).slice(0, MAX_TITLE_LENGTH).trim();
    const name = TEXTS.in(activation.locale).t('name', { title });
    // Never the default of launches: who responds to one campaign did not ask for the next.
    const { id } = await this.lists.createNumbered(actor, { name, isDefault: false });
    await this.database.query(
      'INSERT INTO leads.response_list (partner_id, campaign_id, list_id) VALUES ($1, $2, $3)',
      [partnerId, campaignId, id],
    );
    return id;
  }
}
