import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock, type ContactId, type PartnerId, type VendorId } from '#kernel';
import { AddressKeys, KEY_VERSION } from './address-keys.service.js';

/** A key under which a former address of a contact is known, in hexadecimal. */
interface FormerKey {
  readonly id: ContactId;
  readonly key: string;
}

/**
 * Addresses that contacts had before, as keyed hashes. What a person said about
 * mail to the former address holds for the contact: a change of the address
 * must not undo it. An erasure covers them, too.
 */
@Injectable()
export class FormerAddresses {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly keys: AddressKeys,
  ) {}

  /** In the transaction that changes the contact's address. */
  async record(partnerId: PartnerId, contactId: ContactId, normalised: string): Promise<void> {
    const vendors = await this.database.query<{ vendorId: VendorId }>(
      'SELECT vendor_id FROM organisations.membership_view WHERE partner_id = $1',
      [partnerId],
    );
    const shared = [
      this.keys.keyOf({ kind: 'platform' }, normalised),
      ...vendors.map(({ vendorId }) => this.keys.keyOf({ kind: 'vendor', vendorId }, normalised)),
    ];
    await this.database.query(
      `INSERT INTO contacts.former_address (partner_id, contact_id, key_version, email_key, shared_keys, changed_at)
       SELECT $1, $2, $3, $4, array_agg(decode(k, 'hex')), $6 FROM unnest($5::text[]) k ON CONFLICT DO NOTHING`,
      [
        partnerId,
        contactId,
        KEY_VERSION,
        this.keys.keyOf({ kind: 'partner', partnerId }, normalised),
        shared.map((key) => key.toString('hex')),
        this.clock.now(),
      ],
    );
  }

  /** Keys within the partner. In the open transaction. */
  async ownKeys(partnerId: PartnerId, ids: readonly ContactId[]): Promise<FormerKey[]> {
    return this.database.query<FormerKey>(
      `SELECT contact_id AS id, encode(email_key, 'hex') AS key FROM contacts.former_address
       WHERE partner_id = $1 AND contact_id = ANY ($2::uuid[]) AND key_version = $3`,
      [partnerId, ids, KEY_VERSION],
    );
  }

  /** Keys of the platform and of the partner's vendors. In the open transaction. */
  async sharedKeys(partnerId: PartnerId, ids: readonly ContactId[]): Promise<FormerKey[]> {
    return this.database.query<FormerKey>(
      `SELECT contact_id AS id, encode(k, 'hex') AS key FROM contacts.former_address, unnest(shared_keys) k
       WHERE partner_id = $1 AND contact_id = ANY ($2::uuid[]) AND key_version = $3`,
      [partnerId, ids, KEY_VERSION],
    );
  }
}
