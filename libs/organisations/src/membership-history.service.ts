import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { PartnerId, VendorActor } from '#kernel';

/** A partner that waits, and since when. */
export interface WaitingPartner {
  readonly partnerId: PartnerId;
  readonly name: string;
  /** When it was invited, or joined. */
  readonly since: Date;
}

/** A vendor's memberships over time. A channel manager gets those of their own partners. */
@Injectable()
export class MembershipHistory {
  constructor(private readonly database: Database) {}

  /**
   * How many partners were in the programme at each moment, in the order of the
   * moments. A partner that has left and returned counts from its first day on.
   */
  async activeAt(actor: VendorActor, moments: readonly Date[]): Promise<number[]> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ partners: number }>(
        `SELECT count(DISTINCT m.partner_id)::int AS partners FROM unnest($2::timestamptz[]) WITH ORDINALITY given (at, place)
         LEFT JOIN organisations.membership m ON m.vendor_id = $1 AND m.joined_at <= given.at
           AND (m.status <> 'ended' OR coalesce(m.ends_at, m.campaigns_end_at) > given.at)
         GROUP BY given.place ORDER BY given.place`,
        [actor.vendorId, moments],
      ),
    );
    return rows.map(({ partners }) => partners);
  }

  /** Partners that were invited before `before` and have not joined, the longest wait first. */
  async invitedBefore(actor: VendorActor, before: Date): Promise<WaitingPartner[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<WaitingPartner>(
        `SELECT m.partner_id, o.name, m.invited_at AS since
         FROM organisations.membership m JOIN organisations.organisation o ON o.id = m.partner_id
         WHERE m.vendor_id = $1 AND m.status = 'invited' AND m.invited_at < $2 ORDER BY m.invited_at, m.id`,
        [actor.vendorId, before],
      ),
    );
  }

  /** Partners that joined before `before`, without those of `except`, the longest ago first. */
  async joinedBefore(actor: VendorActor, before: Date, except: readonly PartnerId[]): Promise<WaitingPartner[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<WaitingPartner>(
        `SELECT m.partner_id, o.name, m.joined_at AS since
         FROM organisations.membership m JOIN organisations.organisation o ON o.id = m.partner_id
         WHERE m.vendor_id = $1 AND m.status = 'active' AND m.joined_at < $2 AND m.partner_id <> ALL ($3::uuid[])
         ORDER BY m.joined_at, m.id`,
        [actor.vendorId, before, except],
      ),
    );
  }
}
