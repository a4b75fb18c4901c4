import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import {
  Clock,
  editVersion,
  notFound,
  requireCurrent,
  type SystemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { NEVER_TWICE, type UnknownPolicy } from './unknown-policy.js';

/** The version of a policy, for editors. */
export const unknownPolicyVersion = ({ onUnknown, repeatAfterHours }: UnknownPolicy): string =>
  editVersion([onUnknown, repeatAfterHours]);

/** Each vendor's policy for unknown messages without evidence. */
@Injectable()
export class UnknownPolicies {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
  ) {}

  async forVendors(
    actor: VendorActor | SystemActor,
    vendorIds: readonly VendorId[],
  ): Promise<Map<VendorId, UnknownPolicy>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<UnknownPolicy & { vendorId: VendorId }>(
        `SELECT vendor_id, on_unknown, repeat_after_hours FROM delivery.unknown_policy WHERE vendor_id = ANY ($1)`,
        [vendorIds],
      ),
    );
    const set = new Map(rows.map(({ vendorId, ...policy }) => [vendorId, policy]));
    return new Map(vendorIds.map((id) => [id, set.get(id) ?? NEVER_TWICE]));
  }

  async forVendor(actor: VendorActor | SystemActor, vendorId: VendorId): Promise<UnknownPolicy> {
    return (await this.forVendors(actor, [vendorId])).get(vendorId) ?? NEVER_TWICE;
  }

  /**
   * Takes effect within a minute, also for messages that are unknown already.
   * @param basedOn `unknownPolicyVersion` of the policy that was edited; null:
   *   replace any.
   * @throws DomainError `vendor.not-found`, `edit.stale`.
   */
  async set(
    actor: VendorActor | SystemActor,
    vendorId: VendorId,
    policy: UnknownPolicy,
    basedOn: string | null = null,
  ): Promise<UnknownPolicy> {
    await this.database.inTransaction(actor, async () => {
      const vendor = await this.database.query(
        `SELECT 1 FROM organisations.organisation_view WHERE id = $1 AND kind = 'vendor'`,
        [vendorId],
      );
      if (vendor.length === 0) throw notFound('vendor', vendorId);
      await this.database.lock(`unknown policy ${vendorId}`);
      requireCurrent(basedOn, unknownPolicyVersion(await this.forVendor(actor, vendorId)));
      await this.database.query(
        `INSERT INTO delivery.unknown_policy (vendor_id, on_unknown, repeat_after_hours, set_by, set_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (vendor_id) DO UPDATE SET on_unknown = $2, repeat_after_hours = $3, set_by = $4, set_at = $5`,
        [vendorId, policy.onUnknown, policy.repeatAfterHours, actor.name, this.clock.now()],
      );
      await this.audit.record(actor, {
        action: 'unknown-policy.set',
        subject: { kind: 'vendor', id: vendorId },
        details: { ...policy },
      });
    });
    return policy;
  }
}
