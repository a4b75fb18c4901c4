import { Injectable } from '@nestjs/common';
import { Database, unnestRows } from '#database';
import type { ActivationId, ContactId, PartnerId } from '#kernel';
import type { ReasonCode } from './reason.js';

interface Refusal {
  readonly contactId: ContactId;
  readonly entryKey: string;
  /** The first e-mail that the contact would have got; empty without one. */
  readonly stepKey: string;
  readonly reason: ReasonCode;
}

/**
 * Why contacts did not enter. Each contact and rule has one reason, the last
 * one: a request that is repeated a thousand times adds nothing.
 */
@Injectable()
export class NotEnrolled {
  constructor(private readonly database: Database) {}

  /** In the open transaction of the partner's scope. */
  async record(
    { id, partnerId }: { readonly id: ActivationId; readonly partnerId: PartnerId },
    refused: readonly Refusal[],
    now: Date,
  ): Promise<void> {
    if (refused.length === 0) return;
    const rows = unnestRows(refused, { contactId: 'uuid', entryKey: 'text', stepKey: 'text', reason: 'text' }, [
      id,
      partnerId,
      now,
    ]);
    await this.database.query(
      `INSERT INTO sequences.not_enrolled AS n (activation_id, contact_id, partner_id, entry_key, step_key, reason, decided_at)
       SELECT $1, given.contact_id, $2, given.entry_key, given.step_key, given.reason, $3 FROM ${rows.from}
       ON CONFLICT (activation_id, contact_id, entry_key) DO UPDATE SET reason = excluded.reason, decided_at = excluded.decided_at
       WHERE n.reason <> excluded.reason`,
      rows.parameters,
    );
  }

  /** Contacts that have entered after all. In the open transaction. */
  async clear(activationId: ActivationId, entryKey: string, contactIds: readonly ContactId[]): Promise<void> {
    if (contactIds.length === 0) return;
    await this.database.query(
      'DELETE FROM sequences.not_enrolled WHERE activation_id = $1 AND entry_key = $2 AND contact_id = ANY ($3)',
      [activationId, entryKey, contactIds],
    );
  }
}
