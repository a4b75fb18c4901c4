import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Jobs } from '#jobs';
import { DAY_MS, type PartnerId, type SystemActor } from '#kernel';
import { POLICY_REFUSED } from './contacts.jobs.js';

/** How long refusals are counted, in milliseconds. */
export const REFUSALS_WINDOW_MS = 7 * DAY_MS;

/**
 * Counts messages that only the knowledge of other parties refused: the cap
 * across partners, a person's opt-out at another partner, a bounce of its mail.
 * Each of them tells its partner that another partner has written to the
 * address: a partner that has many is asking about addresses.
 */
@Injectable()
export class PolicyRefusals {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  /** In the open transaction. Enqueues the check of the partner. */
  async record(partnerId: PartnerId, messages: number, at: Date): Promise<void> {
    await this.database.query('INSERT INTO contacts.policy_refusal (partner_id, at, messages) VALUES ($1, $2, $3)', [
      partnerId,
      at,
      messages,
    ]);
    await this.jobs.enqueue(POLICY_REFUSED, { partnerId });
  }

  /** @returns refused messages of a partner after a time. */
  async countSince(actor: SystemActor, partnerId: PartnerId, since: Date): Promise<number> {
    const [row] = await this.database.inTransaction(actor, () =>
      this.database.query<{ messages: number }>(
        `SELECT coalesce(sum(messages), 0)::int AS messages FROM contacts.policy_refusal
         WHERE partner_id = $1 AND at > $2`,
        [partnerId, since],
      ),
    );
    return row?.messages ?? 0;
  }

  /** Deletes refusals that are not counted any more. */
  async deleteBefore(actor: SystemActor, before: Date): Promise<void> {
    await this.database.inTransaction(actor, () =>
      this.database.query('DELETE FROM contacts.policy_refusal WHERE at < $1', [before]),
    );
  }
}
