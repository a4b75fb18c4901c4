import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { type Actor, Clock, type PartnerActor, type PartnerId, type VendorId } from '#kernel';
import { recordForBoth } from './record-for-both.js';

/**
 * What a server does with a partner's mail.
 * `relay`: sends it. `returns`: receives mail to its sender address.
 */
export type RelayConsentPurpose = 'relay' | 'returns';

/** A server of a vendor, by its name. */
export interface VendorHost {
  readonly purpose: RelayConsentPurpose;
  /** Lower case; a domain if the purpose is `returns`. */
  readonly host: string;
}

/** A server with the networks in which it is. */
export interface PlacedHost extends VendorHost {
  /** Such as `198.51.0.0/16`; none if they are not known. */
  readonly networks: readonly string[];
}

/** A partner's consent to a server of a vendor, in force or withdrawn. */
export interface RelayConsent extends PlacedHost {
  readonly partnerId: PartnerId;
  readonly vendorId: VendorId;
  readonly givenBy: string;
  readonly givenAt: Date;
  readonly revokedBy: string | null;
  readonly revokedAt: Date | null;
}

const COLUMNS = 'partner_id, vendor_id, purpose, host, networks, given_by, given_at, revoked_by, revoked_at';

/** Which servers of its vendors a partner has agreed to. */
@Injectable()
export class RelayConsents {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Consents that the actor's scope shows, in force and withdrawn, by host.
   * @param vendorId of this vendor only; null: of all.
   */
  async list(actor: Actor, vendorId: VendorId | null): Promise<RelayConsent[]> {
    const partnerId = actor.kind === 'vendor' ? null : actor.partnerId;
    return this.database.inTransaction(actor, () =>
      this.database.query<RelayConsent>(
        `SELECT ${COLUMNS} FROM organisations.relay_consent
         WHERE ($1::uuid IS NULL OR vendor_id = $1) AND ($2::uuid IS NULL OR partner_id = $2) ORDER BY host, purpose, partner_id`,
        [vendorId, partnerId],
      ),
    );
  }

  /**
   * Gives consent to servers; those with a consent in force, also for their
   * networks, stay as they are. Joins the open transaction.
   */
  async give(actor: PartnerActor, vendorId: VendorId, hosts: readonly PlacedHost[]): Promise<void> {
    for (const { purpose, host, networks } of hosts) {
      const given = await this.database.query(
        `INSERT INTO organisations.relay_consent AS c (partner_id, vendor_id, purpose, host, given_by, given_at, networks)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (partner_id, vendor_id, purpose, host) DO UPDATE
           SET given_by = excluded.given_by, given_at = excluded.given_at, revoked_by = NULL, revoked_at = NULL,
             networks = excluded.networks
           WHERE c.revoked_at IS NOT NULL OR NOT c.networks @> excluded.networks
         RETURNING host`,
        [actor.partnerId, vendorId, purpose, host, actor.name, this.clock.now(), networks],
      );
      if (given.length > 0)
        await recordForBoth(this.audit, actor, vendorId, {
          action: 'relay-consent.given',
          details: { purpose, host, ...(networks.length === 0 ? {} : { networks }) },
        });
    }
  }

  /**
   * Withdraws consent to a server. Joins the open transaction.
   * @returns false if none was in force.
   */
  async revoke(actor: PartnerActor, vendorId: VendorId, { purpose, host }: VendorHost): Promise<boolean> {
    const revoked = await this.database.query(
      `UPDATE organisations.relay_consent SET revoked_by = $5, revoked_at = $6
       WHERE partner_id = $1 AND vendor_id = $2 AND purpose = $3 AND host = $4 AND revoked_at IS NULL RETURNING host`,
      [actor.partnerId, vendorId, purpose, host, actor.name, this.clock.now()],
    );
    if (revoked.length > 0)
      await recordForBoth(this.audit, actor, vendorId, { action: 'relay-consent.revoked', details: { purpose, host } });
    return revoked.length > 0;
  }
}
