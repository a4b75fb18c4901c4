import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database, unnestRows } from '#database';
import { Clock, type ContactId, newId, type SystemActor, systemActor, type VendorId } from '#kernel';
import { AddressKeys, KEY_VERSION } from './address-keys.service.js';
import { partnerOf } from './authority.js';

/** A contact of a partner that is being deleted. */
export interface LeavingContact {
  readonly id: ContactId;
  /** Vendors whose campaigns wrote to it. */
  readonly vendorIds: readonly VendorId[];
}

/** Under which an address is recognised, in hexadecimal. */
export interface DeletedContactKeys {
  readonly partnerKey: string;
  readonly vendorKey: string;
}

/**
 * Contacts of deleted partners. E-mails to them still have links to unsubscribe:
 * keyed hashes of their addresses let those work.
 */
@Injectable()
export class DeletedContacts {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly keys: AddressKeys,
  ) {}

  /** Deletes contacts with all that depends on them. Joins the open transaction. */
  async delete(actor: SystemActor, contacts: readonly LeavingContact[]): Promise<void> {
    const partnerId = partnerOf(actor);
    const ids = contacts.map(({ id }) => id);
    const addresses = await this.database.query<{ id: ContactId; normalised: string }>(
      'SELECT id, email_normalised AS normalised FROM contacts.contact WHERE partner_id = $1 AND id = ANY ($2::uuid[])',
      [partnerId, ids],
    );
    const normalised = new Map(addresses.map((row) => [row.id, row.normalised]));
    const rows = contacts.flatMap(({ id, vendorIds }) => {
      const address = normalised.get(id);
      if (address === undefined) return [];
      const partnerKey = this.keys.keyOf({ kind: 'partner', partnerId }, address).toString('hex');
      return vendorIds.map((vendorId) => ({
        contactId: id,
        vendorId,
        partnerKey,
        vendorKey: this.keys.keyOf({ kind: 'vendor', vendorId }, address).toString('hex'),
      }));
    });
    const keyed = unnestRows(rows, { contactId: 'uuid', vendorId: 'uuid', partnerKey: 'text', vendorKey: 'text' }, [
      partnerId,
      KEY_VERSION,
    ]);
    await this.database.query(
      `INSERT INTO contacts.deleted_contact (contact_id, vendor_id, partner_id, key_version, partner_key, vendor_key)
       SELECT contact_id, vendor_id, $1, $2, decode(partner_key, 'hex'), decode(vendor_key, 'hex')
       FROM ${keyed.from} ON CONFLICT DO NOTHING`,
      keyed.parameters,
    );
    await this.database.query('DELETE FROM contacts.contact WHERE partner_id = $1 AND id = ANY ($2::uuid[])', [
      partnerId,
      ids,
    ]);
  }

  /**
   * In the open transaction.
   * @returns null for a contact that was deleted alone, and one that the vendor's
   *   campaigns never wrote to.
   */
  async keysOf(contactId: ContactId, vendorId: VendorId): Promise<DeletedContactKeys | null> {
    const [found] = await this.database.query<DeletedContactKeys>(
      `SELECT encode(partner_key, 'hex') AS partner_key, encode(vendor_key, 'hex') AS vendor_key
       FROM contacts.deleted_contact WHERE contact_id = $1 AND vendor_id = $2 AND key_version = $3`,
      [contactId, vendorId, KEY_VERSION],
    );
    return found ?? null;
  }

  /**
   * Stores an opt-out of a person whose contact is gone with its partner: of the
   * partner, or of the vendor at every partner. Joins the open transaction.
   * Idempotent.
   */
  async optOut(
    actor: SystemActor,
    { contactId, vendorId, scope }: { contactId: ContactId; vendorId: VendorId; scope: 'partner' | 'vendor' },
  ): Promise<void> {
    const keys = await this.keysOf(contactId, vendorId);
    if (keys === null) return;
    const id = newId();
    const stored =
      scope === 'vendor'
        ? await this.database.query(
            `INSERT INTO contacts.keyed_suppression (id, scope, vendor_id, key_version, email_key, reason, source, suppressed_at)
             VALUES ($1, 'vendor', $2, $3, decode($4, 'hex'), 'unsubscribed', 'person', $5) ON CONFLICT DO NOTHING RETURNING id`,
            [id, vendorId, KEY_VERSION, keys.vendorKey, this.clock.now()],
          )
        : await this.database.query(
            `INSERT INTO contacts.suppression (id, partner_id, key_version, email_key, email, reason, source, suppressed_at)
             VALUES ($1, $2, $3, decode($4, 'hex'), NULL, 'unsubscribed', 'person', $5) ON CONFLICT DO NOTHING RETURNING id`,
            [id, partnerOf(actor), KEY_VERSION, keys.partnerKey, this.clock.now()],
          );
    if (stored.length === 0) return;
    await this.audit.record(scope === 'partner' ? actor : systemActor(actor.name), {
      action: 'suppression.added',
      subject: { kind: 'suppression', id },
      details: { scope, reason: 'unsubscribed', source: 'person' },
    });
  }
}
