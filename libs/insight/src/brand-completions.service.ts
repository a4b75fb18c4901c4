import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type PartnerId, systemActor } from '#kernel';

/** Which partners have filled in their brand profiles. */
@Injectable()
export class BrandCompletions {
  constructor(private readonly database: Database) {}

  /** @param partnerIds those whom the asker may see. @returns those of them whose profile has been whole, whatever was changed since. */
  async countAmong(partnerIds: readonly PartnerId[]): Promise<ReadonlySet<PartnerId>> {
    const rows = await this.database.inTransaction(systemActor('insight'), () =>
      this.database.query<{ id: PartnerId }>(
        'SELECT partner_id AS id FROM insight.brand_completion WHERE partner_id = ANY ($1)',
        [partnerIds],
      ),
    );
    return new Set(rows.map(({ id }) => id));
  }
}
