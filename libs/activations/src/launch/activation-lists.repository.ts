import { Injectable } from '@nestjs/common';
import { Database, unnestRows } from '#database';
import type { Activation } from '../activation.js';

/** Rows of the contact lists of activations. They never change after the launch. */
@Injectable()
export class ActivationListsRepository {
  constructor(private readonly database: Database) {}

  /** Joins the open transaction. */
  async insert({ id, partnerId, lists }: Pick<Activation, 'id' | 'partnerId' | 'lists'>): Promise<void> {
    const rows = unnestRows(
      [
        ...lists.include.map((listId) => ({ listId, role: 'include' })),
        ...lists.exclude.map((listId) => ({ listId, role: 'exclude' })),
      ],
      { listId: 'uuid', role: 'text' },
      [id, partnerId],
    );
    await this.database.query(
      `INSERT INTO activations.activation_list (activation_id, partner_id, list_id, role)
       SELECT $1, $2, given.list_id, given.role FROM ${rows.from}`,
      rows.parameters,
    );
  }
}
