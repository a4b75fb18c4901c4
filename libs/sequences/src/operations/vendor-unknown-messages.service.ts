import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { type Resolution, UnknownMessages } from '#delivery';
import { type CampaignVersionId, type MessageId, systemActor, type VendorActor } from '#kernel';
import { UnknownResolutions } from './unknown-resolutions.service.js';

/**
 * An unknown message of a vendor's campaign that one of the vendor's own relays
 * may have accepted. Without the recipient and the recipient's mail provider.
 */
export interface VendorUnknownMessage {
  readonly id: MessageId;
  readonly unknownSince: Date;
  readonly partner: string;
  readonly stepKey: string;
  /** The campaign version that its activation runs now. */
  readonly versionId: CampaignVersionId;
  /** The vendor's own relay that left it unknown. */
  readonly relay: string;
  /** Look-ups at providers without a result, which prove nothing. */
  readonly lookUpsWithoutResult: number;
}

const ACTOR = systemActor('unknown-desk');

/**
 * A vendor's users inspect unknown messages of their own relays, whose logs
 * they have. Those of the installation's relays are the operator's: a partner
 * and a step would tell the vendor which branch a contact took.
 */
@Injectable()
export class VendorUnknownMessages {
  constructor(
    private readonly database: Database,
    private readonly unknown: UnknownMessages,
    private readonly resolutions: UnknownResolutions,
    private readonly audit: AuditLog,
  ) {}

  /** Oldest first. */
  async list({ vendorId }: VendorActor, limit: number): Promise<VendorUnknownMessage[]> {
    return this.database.inTransaction(ACTOR, () =>
      this.database.query<VendorUnknownMessage>(
        `SELECT m.id, m.unknown_since, o.name AS partner, m.step_key, a.version_id,
           r.name AS relay,
           (SELECT coalesce(sum(attempts), 0)::int FROM delivery.look_up_view WHERE message_id = m.id) AS look_ups_without_result
         FROM delivery.message_view m JOIN organisations.organisation_view o ON o.id = m.partner_id
         JOIN activations.activation_view a ON a.id = m.activation_id
         JOIN delivery.relay_view r ON r.id::text = m.relay AND r.vendor_id = $1
         WHERE m.unknown_since IS NOT NULL AND m.vendor_id = $1 ORDER BY m.unknown_since, m.id LIMIT $2`,
        [vendorId, limit],
      ),
    );
  }

  /**
   * Decides messages of the vendor's relays that are still unknown, with an
   * audit entry.
   * @returns how many.
   */
  async decide(actor: VendorActor, ids: readonly MessageId[], resolution: Resolution): Promise<number> {
    return this.database.inTransaction(ACTOR, async () => {
      const messages = await this.unknown.lockOfVendorRelays(actor.vendorId, ids);
      if (messages.length === 0) return 0;
      const decided = await this.resolutions.resolve(
        ACTOR,
        messages.map((id) => ({ id })),
        resolution,
      );
      await this.audit.record(actor, {
        action: 'unknown-message.decided',
        subject: { kind: 'vendor', id: actor.vendorId },
        details: { decision: resolution, messages },
      });
      return decided;
    });
  }
}
