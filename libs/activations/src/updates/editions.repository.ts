import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type ActivationId, notFound } from '#kernel';
import type { Activation, ActivationStatus } from '../activation.js';
import type { Edition } from '../activations.repository.js';

/** Writes editions of activations. Every method joins the open transaction. */
@Injectable()
export class EditionsRepository {
  constructor(private readonly database: Database) {}

  /** Locks an activation. @throws DomainError `activation.not-found`. */
  async lock(id: ActivationId): Promise<{ readonly edition: number; readonly status: ActivationStatus }> {
    const [found] = await this.database.query<{ edition: number; status: ActivationStatus }>(
      'SELECT edition, status FROM activations.activation WHERE id = $1 FOR UPDATE',
      [id],
    );
    if (found === undefined) throw notFound('activation', id);
    return found;
  }

  /** What it was launched as. */
  async insertFirst({ id }: Activation, at: Date): Promise<void> {
    await this.database.query(
      `INSERT INTO activations.edition (activation_id, number, partner_id, version_id, slots, choices, brand_version,
         leads_from_clicks, planned_end_at, made_at)
       SELECT id, 1, partner_id, version_id, slots, choices, brand_version, leads_from_clicks, planned_end_at, $2
       FROM activations.activation WHERE id = $1`,
      [id, at],
    );
  }

  async insert({ id, partnerId }: Activation, edition: Edition, at: Date): Promise<void> {
    await this.database.query(
      `INSERT INTO activations.edition (activation_id, number, partner_id, version_id, slots, parked, choices, brand_version,
         leads_from_clicks, planned_end_at, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        id,
        edition.number,
        partnerId,
        edition.versionId,
        JSON.stringify(edition.slots),
        JSON.stringify(edition.parked),
        JSON.stringify(edition.choices),
        edition.brandVersion,
        edition.leadsFromClicks,
        edition.plannedEndAt,
        at,
      ],
    );
  }

  /** From the commit on, all that is made of the activation is of this edition. */
  async makePresent(id: ActivationId, edition: Edition): Promise<void> {
    await this.database.query(
      `UPDATE activations.activation SET edition = $2, editions = greatest(editions, $2), version_id = $3, slots = $4, choices = $5,
         brand_version = $6, leads_from_clicks = $7, planned_end_at = $8 WHERE id = $1`,
      [
        id,
        edition.number,
        edition.versionId,
        JSON.stringify(edition.slots),
        JSON.stringify(edition.choices),
        edition.brandVersion,
        edition.leadsFromClicks,
        edition.plannedEndAt,
      ],
    );
  }
}
