import { Injectable } from '@nestjs/common';
import type { Activation } from '#activations';
import { Database, unnestRows } from '#database';
import type { ContactId } from '#kernel';

interface Draw {
  readonly contactId: ContactId;
  readonly isHeldOut: boolean;
}

/** Which group a hold-out drew for each contact, by the version that drew. A contact keeps its first one. */
@Injectable()
export class HoldOutDraws {
  constructor(private readonly database: Database) {}

  /**
   * Records draws of the version that the activation runs. In the open transaction of the partner's scope.
   * @param percent of the hold-out; 0: nothing was drawn.
   */
  async record(
    { id, partnerId, versionId }: Pick<Activation, 'id' | 'partnerId' | 'versionId'>,
    percent: number,
    draws: readonly Draw[],
    now: Date,
  ): Promise<void> {
    if (percent === 0 || draws.length === 0) return;
    const rows = unnestRows(draws, { contactId: 'uuid', isHeldOut: 'boolean' }, [id, partnerId, versionId, now]);
    await this.database.query(
      `INSERT INTO sequences.hold_out_draw (activation_id, contact_id, partner_id, version_id, is_held_out, at)
       SELECT $1, given.contact_id, $2, $3, given.is_held_out, $4 FROM ${rows.from} ON CONFLICT DO NOTHING`,
      rows.parameters,
    );
  }
}
