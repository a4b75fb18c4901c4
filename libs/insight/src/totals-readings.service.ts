import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Clock, type PartnerId, systemActor, type VendorActor } from '#kernel';
import { dayOf } from './window.js';

/** Which persons of a vendor read the totals of which partners. */
@Injectable()
export class TotalsReadings {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Each partner sees once a day that this person looked, also in its audit log. Joins the open transaction of a
   * process. Two statements, however many partners there are.
   */
  async record({ vendorId, userId, apiKeyId, name }: VendorActor, partnerIds: readonly PartnerId[]): Promise<void> {
    const now = this.clock.now();
    const first = await this.database.query<{ partnerId: PartnerId }>(
      `INSERT INTO insight.totals_reading (partner_id, vendor_id, reader_id, reader_name, on_day, first_at)
       SELECT id, $2, $3, $4, $5::date, $6 FROM unnest($1::uuid[]) AS shown (id) ON CONFLICT DO NOTHING RETURNING partner_id`,
      [partnerIds, vendorId, userId ?? apiKeyId ?? name, name, dayOf(now), now],
    );
    await this.audit.recordAll(
      systemActor('shared-totals'),
      first.map(({ partnerId }) => ({
        action: 'shared-totals.read',
        subject: { kind: 'vendor', id: vendorId },
        partnerId,
        details: { name },
      })),
    );
  }
}
