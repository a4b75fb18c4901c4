import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type PartnerId, systemActor } from '#kernel';

/** Which partners have filled in their brand profiles. */
@Injectable()
export class BrandCompletions {
  constructor(private readonly database: Database) {}

  /**
   * @param partnerIds those that the actor may see.
   * @returns those whose profile is complete, or was complete earlier.
   */
  async countAmong(partnerIds: readonly PartnerId[]): Promise<ReadonlySet<PartnerId>> {
    const rows = await this.database.inTransaction(systemActor('insight'), () =>
      this.database.query<{ id: PartnerId }>(
        'SELECT partner_id AS id FROM insight.brand_completion WHERE partner_id = ANY ($1)',
        [partnerIds],
      ),
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** The day (UTC) on which the profile of each was complete for the first time, for those whose was. */
  async completedOn(partnerIds: readonly PartnerId[]): Promise<ReadonlyMap<PartnerId, string>> {
    const rows = await this.database.inTransaction(systemActor('insight'), () =>
      this.database.query<{ id: PartnerId; day: string }>(
        `SELECT partner_id AS id, (completed_at AT TIME ZONE 'UTC')::date::text AS day FROM insight.brand_completion
         WHERE partner_id = ANY ($1)`,
        [partnerIds],
      ),
    );
    return new Map(rows.map(({ id, day }) => [id, day]));
  }
}
