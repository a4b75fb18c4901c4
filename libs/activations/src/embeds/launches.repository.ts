import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { Actor, CampaignVersionId, PartnerId, SystemActor } from '#kernel';
import type { Activation } from '../activation.js';
import { COLUMNS } from '../activations.repository.js';
import { UNDONE } from '../planned-end.js';

/** Launches of a campaign that follow each other. Every method joins or opens a transaction. */
@Injectable()
export class Launches {
  constructor(private readonly database: Database) {}

  /** The newest later launch of the same campaign by the same partner that was not stopped; null: none. */
  async successor(actor: Actor, { id, partnerId, campaignId }: Activation): Promise<Activation | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<Activation>(
        `SELECT ${COLUMNS} FROM activations.activation
         WHERE partner_id = $1 AND campaign_id = $2 AND id > $3 AND status <> 'stopped' ORDER BY id DESC LIMIT 1`,
        [partnerId, campaignId, id],
      ),
    );
    return found ?? null;
  }

  /** The newest launch of a version by a partner that was not stopped. */
  async launchOf(actor: Actor, partnerId: PartnerId, versionId: CampaignVersionId): Promise<Activation | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<Activation>(
        `SELECT ${COLUMNS} FROM activations.activation
         WHERE partner_id = $1 AND version_id = $2 AND status <> 'stopped' ORDER BY id DESC LIMIT 1`,
        [partnerId, versionId],
      ),
    );
    return found ?? null;
  }

  /** The newest launch of each campaign of a partner that was not undone, newest first. */
  async newestLaunches(actor: SystemActor, limit: number): Promise<Activation[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Activation>(
        `SELECT ${COLUMNS} FROM (
           SELECT DISTINCT ON (campaign_id) * FROM activations.activation
           WHERE partner_id = $1 AND status_reason IS DISTINCT FROM $3 ORDER BY campaign_id, id DESC) activation
         ORDER BY id DESC LIMIT $2`,
        [actor.partnerId, limit, UNDONE],
      ),
    );
  }
}
