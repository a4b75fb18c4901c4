import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { SigningKeys as SigningKeySet } from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { notFound, type VendorActor, type VendorId } from '#kernel';
import { signingActor, SigningKeys } from '#seal';

/** A vendor's public keys, for its users and for verifiers. */
@Injectable()
export class VendorSigningKeys {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly keys: SigningKeys,
  ) {}

  /**
   * Public keys are public.
   * @throws DomainError `vendor.not-found`, also before the vendor's first
   *   signature.
   */
  async published(vendorId: VendorId): Promise<SigningKeySet> {
    const keys = await this.keys.publicKeys(signingActor(vendorId));
    if (keys.length === 0) throw notFound('vendor', vendorId);
    return { keys };
  }

  /**
   * Retires the signing key and makes a new one; older signatures stay
   * verifiable.
   */
  async rotate(actor: VendorActor): Promise<SigningKeySet> {
    requirePermission(actor, 'vendor-keys.edit');
    return this.database.inTransaction(actor, async () => {
      const keyId = await this.keys.rotate(actor);
      await this.audit.record(actor, {
        action: 'signing-key.rotated',
        subject: { kind: 'vendor', id: actor.vendorId },
        details: { keyId },
      });
      return { keys: await this.keys.publicKeys(actor) };
    });
  }
}
