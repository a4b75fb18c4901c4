import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import {
  type Actor,
  notFound,
  type OrganisationId,
  type PartnerId,
  type SystemActor,
  type UserId,
  type VendorActor,
  type VendorId,
} from '#kernel';

/** Who gets partners: a channel manager of the vendor, or nobody. */
export interface Assignee {
  readonly id: UserId | null;
  /** For the audit log. */
  readonly name: string | null;
}

/** A vendor's partners by channel manager. Only people of that role look after partners: a trigger keeps it so. */
@Injectable()
export class ManagedPartners {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  /** How many partners each channel manager has, those that have left apart. */
  async counts(actor: VendorActor): Promise<ReadonlyMap<UserId, number>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ managerId: UserId; count: number }>(
        `SELECT manager_id, count(*)::int AS count FROM organisations.membership
         WHERE vendor_id = $1 AND manager_id IS NOT NULL AND status <> 'ended' GROUP BY 1`,
        [actor.vendorId],
      ),
    );
    return new Map(rows.map(({ managerId, count }) => [managerId, count]));
  }

  /** The partners of one channel manager. Joins the open transaction. */
  async ofManager(vendorId: OrganisationId, managerId: UserId): Promise<PartnerId[]> {
    const rows = await this.database.query<{ id: PartnerId }>(
      'SELECT partner_id AS id FROM organisations.membership WHERE vendor_id = $1 AND manager_id = $2 ORDER BY id',
      [vendorId, managerId],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * The channel managers of partners; those without one are absent. Joins the
   * open transaction, whose scope sees the memberships.
   */
  async managersOf(
    vendorId: OrganisationId,
    partnerIds: readonly PartnerId[],
  ): Promise<ReadonlyMap<PartnerId, UserId>> {
    const rows = await this.database.query<{ partnerId: PartnerId; managerId: UserId }>(
      `SELECT partner_id, manager_id FROM organisations.membership
       WHERE vendor_id = $1 AND partner_id = ANY ($2) AND manager_id IS NOT NULL`,
      [vendorId, partnerIds],
    );
    return new Map(rows.map(({ partnerId, managerId }) => [partnerId, managerId]));
  }

  /**
   * Gives partners to a channel manager, or takes them from theirs. In force
   * from the next request on.
   * @returns how many have changed.
   * @throws DomainError `partner.not-found`.
   */
  async assign(
    actor: VendorActor | (SystemActor & { readonly vendorId: VendorId }),
    partnerIds: readonly PartnerId[],
    manager: Assignee,
  ): Promise<number> {
    return this.database.inTransaction(actor, async () => {
      await this.requireKnown(actor.vendorId, partnerIds);
      const changed = await this.database.query<{ partnerId: PartnerId }>(
        `UPDATE organisations.membership SET manager_id = $3
         WHERE vendor_id = $1 AND partner_id = ANY ($2) AND manager_id IS DISTINCT FROM $3 RETURNING partner_id`,
        [actor.vendorId, partnerIds, manager.id],
      );
      if (changed.length > 0)
        await this.record(
          actor,
          actor.vendorId,
          changed.map(({ partnerId }) => partnerId),
          manager,
        );
      return changed.length;
    });
  }

  /** Records that partners have another channel manager, or none. Joins the open transaction. */
  async record(
    actor: Actor,
    vendorId: OrganisationId,
    partnerIds: readonly PartnerId[],
    { id: managerId, name }: Assignee,
  ): Promise<void> {
    await this.audit.record(actor, {
      action: managerId === null ? 'membership.manager-taken-away' : 'membership.manager-assigned',
      subject: { kind: 'vendor', id: vendorId },
      details: { count: partnerIds.length, partnerIds, ...(managerId === null ? {} : { managerId, name }) },
    });
  }

  private async requireKnown(vendorId: VendorId, partnerIds: readonly PartnerId[]): Promise<void> {
    const rows = await this.database.query<{ id: PartnerId }>(
      'SELECT partner_id AS id FROM organisations.membership WHERE vendor_id = $1 AND partner_id = ANY ($2)',
      [vendorId, partnerIds],
    );
    const known = new Set(rows.map(({ id }) => id));
    const stranger = partnerIds.find((id) => !known.has(id));
    if (stranger !== undefined) throw notFound('partner', stranger);
  }
}
