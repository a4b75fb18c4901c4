import { Injectable } from '@nestjs/common';
import type { VendorReturns } from '#contracts';
import { Database } from '#database';
import { type PartnerId, systemActor, type VendorActor } from '#kernel';
import { amountsOf } from '../partner-results.js';
import { ShownResultsReader } from '../programme/shown-results.service.js';
import { MEMBER_DAYS } from '../result-releases.service.js';
import { DealSums } from './deal-sums.service.js';
import { LARGEST_PERCENT } from './disclosable.js';
import { withoutShown } from './without-shown.js';

const INSIGHT = systemActor('insight');

type SumsInReturn = Pick<VendorReturns, 'together'> & Pick<VendorReturns['total'], 'wonTogether'>;

/** What sums without names add to what partners won that show their totals. */
@Injectable()
export class SumsInReturns {
  constructor(
    private readonly database: Database,
    private readonly sums: DealSums,
    private readonly shown: ShownResultsReader,
  ) {}

  /**
   * Sums of all four weeks, without what may be in the totals that partners show by name: nothing counts twice.
   * Which partners are in a sum is not asked. A difference would tell the vendor.
   */
  async read(actor: VendorActor): Promise<SumsInReturn> {
    const { sums, partnersNeeded } = await this.sums.forVendor(actor);
    const doubts = await this.possiblyShown(
      actor,
      sums.map(({ endsOn }) => endsOn),
    );
    const doubtful = new Set(doubts.map(({ endsOn }) => endsOn));
    const byName = await this.shown.wonBy(actor, [...new Set(doubts.map(({ partnerId }) => partnerId))]);
    const { counted, leftOut } = withoutShown(
      amountsOf(sums),
      amountsOf(sums.filter(({ endsOn }) => doubtful.has(endsOn))),
      byName,
    );
    return {
      wonTogether: counted,
      together: { until: sums[0]?.endsOn ?? null, partnersNeeded, largestPercent: LARGEST_PERCENT, leftOut },
    };
  }

  /**
   * Partners that show their totals now, and did not when a sum was made in which they were long enough in the
   * programme to be. The vendor knows all of this.
   */
  private possiblyShown(
    { vendorId }: VendorActor,
    ends: readonly string[],
  ): Promise<{ endsOn: string; partnerId: PartnerId }[]> {
    return this.database.inTransaction(INSIGHT, () =>
      this.database.query<{ endsOn: string; partnerId: PartnerId }>(
        `SELECT s.ends_on::text, t.partner_id FROM insight.deal_sum_span s
           JOIN organisations.shared_totals_view t ON t.vendor_id = s.vendor_id AND t.is_shared AND t.changed_at > s.computed_at
           JOIN organisations.membership_view m ON m.vendor_id = s.vendor_id AND m.partner_id = t.partner_id AND m.status = 'active'
             AND m.joined_at < (s.ends_on + 1 - $3::int)::timestamp AT TIME ZONE 'UTC'
         WHERE s.vendor_id = $1 AND s.ends_on = ANY ($2::date[])`,
        [vendorId, ends, MEMBER_DAYS],
      ),
    );
  }
}
