import type { AuditLog } from '#audit';
import { type PartnerActor, type PartnerId, type SystemActor, systemActor, type VendorId } from '#kernel';

interface FactForBoth {
  readonly action: `${string}.${string}`;
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * Writes a partner's decision about a vendor to the audit logs of both, in the
 * open transaction. A vendor does not read a partner's entries, so it gets one
 * of its own.
 * @param actor a user of the partner, or a process with `partnerId`.
 */
export async function recordForBoth(
  audit: AuditLog,
  actor: PartnerActor | (SystemActor & { readonly partnerId: PartnerId }),
  vendorId: VendorId,
  { action, details }: FactForBoth,
): Promise<void> {
  const { partnerId } = actor;
  await audit.record(actor, { action, subject: { kind: 'vendor', id: vendorId }, partnerId, details });
  await audit.record(systemActor('partner-decisions', { vendorId }), {
    action,
    subject: { kind: 'partner', id: partnerId },
    details,
  });
}
