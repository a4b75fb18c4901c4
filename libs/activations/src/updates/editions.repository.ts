import { Injectable } from '@nestjs/common';
import type { TemplateType } from '#contracts';
import { Database } from '#database';
import { type ActivationId, type Actor, type CampaignVersionId, groupBy, notFound } from '#kernel';
import type { BakedMaster } from '#rendering';
import type { PartnerChoices } from '#sequencing';
import type { Activation, ActivationStatus } from '../activation.js';

/** A state that an activation has run. */
export interface Edition {
  readonly number: number;
  readonly versionId: CampaignVersionId;
  readonly slots: Activation['slots'];
  readonly parked: Activation['slots'];
  readonly choices: PartnerChoices;
  readonly brandVersion: number;
  readonly leadsFromClicks: boolean;
  readonly plannedEndAt: Date | null;
}

/** Editions of activations. Every method that writes joins the open transaction. */
@Injectable()
export class EditionsRepository {
  constructor(private readonly database: Database) {}

  /** Its states, oldest first; empty if it was never updated. */
  async editionsOf(actor: Actor, id: ActivationId): Promise<readonly Edition[]> {
    return (await this.editionsOfAll(actor, [id])).get(id) ?? [];
  }

  /** The same of several activations, in one statement. */
  async editionsOfAll(
    actor: Actor,
    ids: readonly ActivationId[],
  ): Promise<ReadonlyMap<ActivationId, readonly Edition[]>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<Edition & { readonly activationId: ActivationId }>(
        `SELECT activation_id, number, version_id, slots, parked, choices, brand_version, leads_from_clicks, planned_end_at
         FROM activations.edition WHERE activation_id = ANY ($1) ORDER BY number`,
        [ids],
      ),
    );
    return groupBy(rows, ({ activationId }) => activationId);
  }

  /** The number of the present one, in the open transaction; undefined for an unknown activation. */
  async presentOf(id: ActivationId): Promise<number | undefined> {
    const [found] = await this.database.query<{ edition: number }>(
      'SELECT edition FROM activations.activation WHERE id = $1',
      [id],
    );
    return found?.edition;
  }

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

  async insertBaked(
    activation: Pick<Activation, 'id' | 'partnerId' | 'edition'>,
    masters: readonly { kind: TemplateType; key: string; baked: BakedMaster }[],
  ): Promise<void> {
    for (const { kind, key, baked } of masters) {
      await this.database.query(
        'INSERT INTO activations.baked_master (activation_id, partner_id, kind, key, locale, root, program_hash, values_hash, baked, edition) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
        [
          activation.id,
          activation.partnerId,
          kind,
          key,
          baked.locale,
          baked.root,
          baked.programHash,
          baked.valuesHash,
          JSON.stringify(baked),
          activation.edition,
        ],
      );
    }
  }

  async baked(
    actor: Actor,
    { id, edition }: Pick<Activation, 'id' | 'edition'>,
    kind: TemplateType,
    key: string,
    locale: string,
  ): Promise<BakedMaster | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ baked: BakedMaster }>(
        'SELECT baked FROM activations.baked_master WHERE activation_id = $1 AND kind = $2 AND key = $3 AND locale = $4 AND edition = $5',
        [id, kind, key, locale, edition],
      ),
    );
    return found?.baked ?? null;
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
