import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { type ContactId, type PartnerId, type SystemActor, systemActor, type VendorId } from '#kernel';
import { AddressKeys, KEY_VERSION, type KeyScope } from './address-keys.service.js';
import { partnerOf } from './authority.js';
import { ContactSchema } from './contact.schema.js';
import { DeletedContacts } from './deleted-contacts.service.js';
import { FormerAddresses } from './former-addresses.service.js';

/** What stops the mail of a partner to a contact, as the contact sees it. */
export interface OptOutState {
  /**
   * `own`: the contact has unsubscribed, and may take it back. `other`: a
   * complaint, a dead address, or the partner's staff.
   */
  readonly partner: 'none' | 'own' | 'other';
  /** Whether the contact wants no mail about the vendor from any partner. */
  readonly isVendorRefused: boolean;
}

const OWN = `reason = 'unsubscribed' AND source = 'person'`;

/**
 * A contact's own opt-outs, on the contact's own page: shown, and taken back.
 * Others stay. Partners cannot call this for a contact.
 */
@Injectable()
export class OwnOptOuts {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly keys: AddressKeys,
    private readonly former: FormerAddresses,
    private readonly deleted: DeletedContacts,
  ) {}

  /** @returns nothing refused for a contact that was deleted without its partner. */
  async state(actor: SystemActor, contactId: ContactId, vendorId: VendorId): Promise<OptOutState> {
    return this.database.inTransaction(actor, async () => {
      const { own, shared } = await this.keysOf(partnerOf(actor), contactId, vendorId);
      const rows = await this.database.query<{ isOwn: boolean }>(
        `SELECT ${OWN} AS is_own FROM contacts.suppression
         WHERE partner_id = $1 AND key_version = $2 AND email_key IN (SELECT decode(k, 'hex') FROM unnest($3::text[]) k)
           AND (reason <> 'bounced' OR email_key = decode($4, 'hex'))`,
        [partnerOf(actor), KEY_VERSION, own, own[0] ?? ''],
      );
      const vendor = await this.database.query(
        `SELECT 1 FROM contacts.keyed_suppression
         WHERE vendor_id = $1 AND key_version = $2 AND ${OWN} AND email_key IN (SELECT decode(k, 'hex') FROM unnest($3::text[]) k)`,
        [vendorId, KEY_VERSION, shared],
      );
      const partner = rows.length === 0 ? 'none' : rows.every(({ isOwn }) => isOwn) ? 'own' : 'other';
      return { partner, isVendorRefused: vendor.length > 0 };
    });
  }

  /** Joins the open transaction. Safe to repeat. */
  async takeBack(actor: SystemActor, contactId: ContactId, vendorId: VendorId): Promise<void> {
    const partnerId = partnerOf(actor);
    await this.database.inTransaction(actor, async () => {
      const { own, shared } = await this.keysOf(partnerId, contactId, vendorId);
      const ofPartner = await this.database.query<{ id: string }>(
        `WITH gone AS (DELETE FROM contacts.suppression WHERE partner_id = $1 AND key_version = $2 AND ${OWN}
           AND email_key IN (SELECT decode(k, 'hex') FROM unnest($3::text[]) k) RETURNING id) SELECT id FROM gone`,
        [partnerId, KEY_VERSION, own],
      );
      const ofVendor = await this.database.query<{ id: string }>(
        `WITH gone AS (DELETE FROM contacts.keyed_suppression WHERE vendor_id = $1 AND key_version = $2 AND ${OWN}
           AND email_key IN (SELECT decode(k, 'hex') FROM unnest($3::text[]) k) RETURNING id) SELECT id FROM gone`,
        [vendorId, KEY_VERSION, shared],
      );
      for (const { id } of ofPartner) await this.record(actor, id);
      // As when it was added: hidden from the partner.
      for (const { id } of ofVendor) await this.record(systemActor(actor.name), id);
    });
  }

  private async record(actor: SystemActor, id: string): Promise<void> {
    await this.audit.record(actor, {
      action: 'suppression.removed',
      subject: { kind: 'suppression', id },
      details: { reason: 'unsubscribed', source: 'person' },
    });
  }

  private async keysOfDeleted(contactId: ContactId, vendorId: VendorId): Promise<{ own: string[]; shared: string[] }> {
    const keys = await this.deleted.keysOf(contactId, vendorId);
    return keys === null ? { own: [], shared: [] } : { own: [keys.partnerKey], shared: [keys.vendorKey] };
  }

  /**
   * Keys of the contact's address, which is the first, and of those before it,
   * as hexadecimal text.
   */
  private async keysOf(
    partnerId: PartnerId,
    contactId: ContactId,
    vendorId: VendorId,
  ): Promise<{ own: string[]; shared: string[] }> {
    const contact = await this.database.manager.getRepository(ContactSchema).findOneBy({ id: contactId, partnerId });
    if (contact === null) return this.keysOfDeleted(contactId, vendorId);
    const keyIn = (scope: KeyScope): string => this.keys.keyOf(scope, contact.emailNormalised).toString('hex');
    const [own, shared] = [
      await this.former.ownKeys(partnerId, [contactId]),
      await this.former.sharedKeys(partnerId, [contactId]),
    ];
    return {
      own: [keyIn({ kind: 'partner', partnerId }), ...own.map(({ key }) => key)],
      shared: [keyIn({ kind: 'vendor', vendorId }), ...shared.map(({ key }) => key)],
    };
  }
}
