import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Clock, type PartnerId, systemActor, type VendorActor } from '#kernel';
import { totalsReader } from '../campaign-totals.service.js';
import { dayOf } from '../window.js';

const INSIGHT = systemActor('insight');

interface ShownResults {
  readonly partnerId: PartnerId;
  readonly hasLead: boolean;
  readonly hasWon: boolean;
}

/** Whether partners that show their totals to a vendor had a lead, and a won one. */
@Injectable()
export class ShownResultsReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Those of `partnerIds` that show their totals. As with the totals themselves,
   * each partner sees once a day that this person looked.
   */
  async read(actor: VendorActor, partnerIds: readonly PartnerId[]): Promise<ReadonlyMap<PartnerId, ShownResults>> {
    const rows = await this.database.inTransaction(INSIGHT, () =>
      this.database.query<ShownResults>(
        `SELECT t.partner_id, coalesce(sum(f.n) FILTER (WHERE f.metric = 'leads'), 0) > 0 AS has_lead,
           coalesce(sum(f.n) FILTER (WHERE f.metric = 'won'), 0) > 0 AS has_won
         FROM organisations.shared_totals_view t
           LEFT JOIN activations.activation_view a ON a.partner_id = t.partner_id AND a.vendor_id = t.vendor_id
           LEFT JOIN insight.fact f ON f.activation_id = a.id AND f.metric IN ('leads', 'won')
         WHERE t.vendor_id = $1 AND t.is_shared AND t.partner_id = ANY ($2::uuid[]) GROUP BY 1`,
        [actor.vendorId, partnerIds],
      ),
    );
    await this.record(
      actor,
      rows.map(({ partnerId }) => partnerId),
    );
    return new Map(rows.map((row) => [row.partnerId, row]));
  }

  private async record(actor: VendorActor, partnerIds: readonly PartnerId[]): Promise<void> {
    const { vendorId, userId, apiKeyId, name } = actor;
    const now = this.clock.now();
    const first = await this.database.inTransaction(INSIGHT, () =>
      this.database.query<{ partnerId: PartnerId }>(
        `INSERT INTO insight.totals_reading (partner_id, vendor_id, reader_id, reader_name, on_day, first_at)
         SELECT id, $2, $3, $4, $5::date, $6 FROM unnest($1::uuid[]) AS shown (id) ON CONFLICT DO NOTHING RETURNING partner_id`,
        [partnerIds, vendorId, userId ?? apiKeyId ?? name, name, dayOf(now), now],
      ),
    );
    for (const { partnerId } of first)
      await this.database.inTransaction(totalsReader(partnerId), () =>
        this.audit.record(totalsReader(partnerId), {
          action: 'shared-totals.read',
          subject: { kind: 'vendor', id: vendorId },
          details: { name },
        }),
      );
  }
}
