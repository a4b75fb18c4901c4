import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock, type PartnerId, type VendorActor } from '#kernel';

/** How much of a programme ran at a moment. */
interface RunningCount {
  readonly partners: number;
  readonly campaigns: number;
}

/** A partner whose campaigns are all over. */
interface IdlePartner {
  readonly partnerId: PartnerId;
  readonly name: string;
  /** When the last one was over. */
  readonly since: Date;
}

/**
 * What ran when, as the vendor sees it: until the planned end or the vendor's
 * stop, never until the contacts have finished (`planned-end.ts`).
 */
@Injectable()
export class RunningHistory {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** At each moment, in the order of the moments. */
  async at(actor: VendorActor, moments: readonly Date[]): Promise<RunningCount[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<RunningCount>(
        `SELECT count(DISTINCT a.partner_id)::int AS partners, count(DISTINCT a.campaign_id)::int AS campaigns
         FROM unnest($2::timestamptz[]) WITH ORDINALITY given (at, place)
         LEFT JOIN activations.activation a ON a.vendor_id = $1 AND a.launched_at <= given.at
           AND (a.vendor_stopped_at IS NULL OR a.vendor_stopped_at > given.at)
           AND (a.planned_end_at IS NULL OR a.planned_end_at > given.at)
         GROUP BY given.place ORDER BY given.place`,
        [actor.vendorId, moments],
      ),
    );
  }

  /** Partners of the programme that have launched something and run nothing since their last day, the longest idle first. */
  async idlePartners(actor: VendorActor): Promise<IdlePartner[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<IdlePartner>(
        `SELECT a.partner_id, o.name, max(least(a.vendor_stopped_at, a.planned_end_at - interval '1 second')) AS since
         FROM activations.activation a JOIN organisations.organisation_view o ON o.id = a.partner_id
         WHERE a.vendor_id = $1 AND EXISTS (SELECT FROM organisations.membership_view m
           WHERE m.vendor_id = $1 AND m.partner_id = a.partner_id AND m.status = 'active')
         GROUP BY a.partner_id, o.name
         HAVING bool_and(a.vendor_stopped_at IS NOT NULL OR coalesce(a.planned_end_at <= $2, false)) ORDER BY since, a.partner_id`,
        [actor.vendorId, this.clock.now()],
      ),
    );
  }
}
