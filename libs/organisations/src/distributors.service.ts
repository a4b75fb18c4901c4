import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import {
  type Actor,
  DomainError,
  type MembershipId,
  type PartnerActor,
  type PartnerId,
  type ProgrammeId,
  systemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import type { DistributorApproval, Membership, MembershipStatus } from './membership.js';
import { Memberships } from './memberships.service.js';

/** What a vendor lets a partner do as a distributor. */
interface DistributorTerms {
  readonly approval: DistributorApproval;
  /** Of partners that join without a person of the vendor. */
  readonly tier: string;
  readonly region: string;
}

/** A partner's place among distributors and the partners they bring. */
export interface Distribution {
  /** Null: it is no distributor. */
  readonly terms: DistributorTerms | null;
  /** The partner that is its distributor; null: none. */
  readonly distributorId: PartnerId | null;
}

/** A membership that brings partners to a vendor. */
export interface Distributor extends DistributorTerms {
  readonly id: MembershipId;
  readonly partnerId: PartnerId;
  readonly name: string;
  readonly vendorId: VendorId;
  readonly programmeId: ProgrammeId;
}

/** All that a distributor sees of one of its partners. */
export interface BroughtPartner {
  readonly id: MembershipId;
  readonly name: string;
  readonly status: MembershipStatus;
  readonly tier: string;
  readonly since: Date;
}

const DISTRIBUTION = 'distribution';

/**
 * Partners that bring partners, in two levels: constraints of
 * `organisations.membership` admit no third one.
 */
@Injectable()
export class Distributors {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly memberships: Memberships,
  ) {}

  /**
   * Makes a partner a distributor or a distributor's partner, or neither. One
   * that is no distributor any more leaves its partners to the vendor.
   * @throws DomainError `partner.not-found`, `distribution.two-levels`,
   *   `distribution.no-distributor`, `distribution.not-joined`.
   */
  async change(actor: VendorActor, partnerId: PartnerId, { terms, distributorId }: Distribution): Promise<Membership> {
    return this.database.inTransaction(actor, async () => {
      // Ends of partnerships take the same locks first.
      await this.memberships.lockOf(partnerId);
      const before = await this.memberships.ofPartner(actor, partnerId);
      if (distributorId !== null && (terms !== null || distributorId === partnerId)) throw twoLevels();
      if (terms !== null && before.status !== 'active') throw notJoined(before.partnerName);
      const parent = distributorId === null ? null : await this.lockDistributor(actor, distributorId);
      if (terms === null && before.bringsPartners !== null) await this.release(actor, before);
      await this.database.query(
        `UPDATE organisations.membership
         SET brings_partners = $2, brought_tier = $3, brought_region = $4, parent_id = $5 WHERE id = $1`,
        [before.id, terms?.approval ?? null, terms?.tier ?? null, terms?.region ?? null, parent?.id ?? null],
      );
      await this.audit.record(actor, {
        action: 'membership.distribution-changed',
        subject: { kind: 'membership', id: before.id },
        details: { partnerId, bringsPartners: terms?.approval ?? null, distributor: parent?.name ?? null },
      });
      return this.memberships.ofPartner(actor, partnerId);
    });
  }

  /** The distributors of a vendor, by name. */
  async ofVendor(actor: VendorActor): Promise<Distributor[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Distributor>(
        `${DISTRIBUTOR} WHERE m.vendor_id = $1 AND ${BRINGS} ORDER BY lower(o.name), m.id`,
        [actor.vendorId],
      ),
    );
  }

  /** The memberships in which a partner is a distributor. */
  async ofPartner({ partnerId }: PartnerActor): Promise<Distributor[]> {
    return this.database.inTransaction(systemActor(DISTRIBUTION, { partnerId }), () =>
      this.database.query<Distributor>(`${DISTRIBUTOR} WHERE m.partner_id = $1 AND ${BRINGS} ORDER BY m.id`, [
        partnerId,
      ]),
    );
  }

  /** The distributor of a partner at a vendor; null: none. */
  async above({ partnerId }: PartnerActor, vendorId: VendorId): Promise<Distributor | null> {
    const [found] = await this.database.inTransaction(systemActor(DISTRIBUTION, { partnerId }), () =>
      this.database.query<Distributor>(
        `${DISTRIBUTOR} WHERE ${BRINGS} AND m.id = (SELECT s.parent_id FROM organisations.membership s
           WHERE s.partner_id = $1 AND s.vendor_id = $2 AND s.status <> 'ended' AND s.parent_id IS NOT NULL LIMIT 1)`,
        [partnerId, vendorId],
      ),
    );
    return found ?? null;
  }

  /**
   * The partners of a distributor, by name, without those whose invitation was
   * withdrawn. A process reads: row-level security shows a partner no other one,
   * and only these columns leave it.
   */
  async partnersOf({ id }: Distributor): Promise<BroughtPartner[]> {
    return this.database.inTransaction(systemActor(DISTRIBUTION), () =>
      this.database.query<BroughtPartner>(
        `SELECT m.id, o.name, m.status, m.tier, coalesce(m.joined_at, m.invited_at) AS since
         FROM organisations.membership m JOIN organisations.organisation o ON o.id = m.partner_id
         WHERE m.parent_id = $1 AND (m.status <> 'ended' OR m.joined_at IS NOT NULL) ORDER BY lower(o.name), m.id`,
        [id],
      ),
    );
  }

  /**
   * Gives a partner that a distributor proposed to it. Joins the open
   * transaction. Nothing happens if it is no distributor any more.
   */
  async bring(actor: Actor, distributorId: MembershipId, vendorId: VendorId, partnerId: PartnerId): Promise<void> {
    const given = await this.database.query<{ id: MembershipId }>(
      `UPDATE organisations.membership SET parent_id = $1
       WHERE vendor_id = $2 AND partner_id = $3 AND brings_partners IS NULL
         AND EXISTS (SELECT FROM organisations.membership m WHERE m.id = $1 AND m.vendor_id = $2 AND ${BRINGS})
       RETURNING id`,
      [distributorId, vendorId, partnerId],
    );
    for (const { id } of given)
      await this.audit.record(actor, {
        action: 'membership.brought',
        subject: { kind: 'membership', id },
        details: { partnerId },
      });
  }

  private async release(actor: VendorActor, { id, partnerName: name }: Membership): Promise<void> {
    const released = await this.database.query<{ partnerId: PartnerId }>(
      'UPDATE organisations.membership SET parent_id = NULL WHERE parent_id = $1 RETURNING partner_id',
      [id],
    );
    if (released.length === 0) return;
    const partnerIds = released.map(({ partnerId }) => partnerId);
    await this.audit.record(actor, {
      action: 'membership.distributor-ended',
      subject: { kind: 'membership', id },
      details: { count: partnerIds.length, partnerIds, name },
    });
  }

  private async lockDistributor(actor: VendorActor, partnerId: PartnerId): Promise<Distributor> {
    await this.memberships.lockOf(partnerId);
    const found = (await this.ofVendor(actor)).find((one) => one.partnerId === partnerId);
    if (found !== undefined) return found;
    await this.memberships.ofPartner(actor, partnerId);
    throw new DomainError(
      'distribution.no-distributor',
      'This partner is no distributor. Make it one first, on its page.',
      { field: 'distributorId' },
      { kind: 'conflict' },
    );
  }
}

const BRINGS = `m.brings_partners IS NOT NULL AND m.status = 'active'`;
const DISTRIBUTOR = `SELECT m.id, m.partner_id, o.name, m.vendor_id, m.programme_id, m.brings_partners AS approval,
    m.brought_tier AS tier, m.brought_region AS region
  FROM organisations.membership m JOIN organisations.organisation o ON o.id = m.partner_id`;

const twoLevels = (): DomainError =>
  new DomainError(
    'distribution.two-levels',
    'A partner of a distributor cannot be a distributor itself. Choose one of the two.',
    { field: 'distributorId' },
    { kind: 'conflict' },
  );

const notJoined = (partner: string): DomainError =>
  new DomainError(
    'distribution.not-joined',
    `${partner} is not in your programme now. Only a partner that has joined can be a distributor.`,
    { partner },
    { kind: 'conflict' },
  );
