import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Clock, DomainError, type PartnerActor, type VendorId } from '#kernel';
import { SharedTotals } from './shared-totals.service.js';

/** Whether a partner's won deals count in sums that a vendor sees without names. */
export interface CountedDealsChoice {
  readonly vendorId: VendorId;
  readonly isCounted: boolean;
  /** The name of a person of the partner. */
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** Which partners let their won deals count in sums of which vendors. */
@Injectable()
export class CountedDeals {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly totals: SharedTotals,
  ) {}

  /** Choices of a partner. Without one, its deals count in no sum. */
  async list(actor: PartnerActor): Promise<CountedDealsChoice[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<CountedDealsChoice>(
        `SELECT vendor_id, is_counted, changed_by, changed_at FROM organisations.counted_deals
         WHERE partner_id = $1 ORDER BY vendor_id`,
        [actor.partnerId],
      ),
    );
  }

  /**
   * Deals count that are decided from that day on. Switched off, they count in no later sum; sums that the
   * vendor has stay.
   * @param today of the partner's calendar, as deals are decided.
   * @throws DomainError `counted-deals.totals-shown` while the partner shows its totals with its name: what is
   *   known could be subtracted from a sum.
   */
  async set(actor: PartnerActor, vendorId: VendorId, isCounted: boolean, today: string): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      if (isCounted && (await this.totals.isSharedLocked(actor.partnerId, vendorId)))
        throw new DomainError(
          'counted-deals.totals-shown',
          'You show this vendor your totals with your name, so your deals are in no sum without names. Stop showing the totals first.',
          { field: 'isCounted' },
          { kind: 'conflict' },
        );
      const now = this.clock.now();
      const saved = await this.database.query(
        `INSERT INTO organisations.counted_deals AS c (partner_id, vendor_id, is_counted, since_on, changed_by, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (partner_id, vendor_id) DO UPDATE SET is_counted = excluded.is_counted, since_on = excluded.since_on,
           changed_by = excluded.changed_by, changed_at = excluded.changed_at
         WHERE c.is_counted <> excluded.is_counted
         RETURNING partner_id`,
        [actor.partnerId, vendorId, isCounted, today, actor.name, now],
      );
      if (saved.length === 0) return;
      const action = isCounted ? 'counted-deals.counted' : 'counted-deals.not-counted';
      await this.audit.record(actor, { action, subject: { kind: 'vendor', id: vendorId }, details: {} });
    });
  }
}
