import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type Actor, type ContactId, type VendorId } from '#kernel';
import { AddressKeys, KEY_VERSION } from './address-keys.service.js';
import { partnerOf } from './authority.js';

/** A contact with its normalised address. */
export interface AddressedContact {
  readonly id: ContactId;
  readonly normalised: string;
}

/**
 * Who made a suppression. `staff`: an organisation entered it. `person`: the
 * person opted out, or its address bounced, which only happens after a partner
 * has written to it.
 */
type Origin = 'staff' | 'person';

/**
 * Suppressions of vendors and of the platform. They hold for every partner, and
 * most come from another partner's mail. So they are looked at when a message
 * is handed over, and in no preview: an answer about one address would tell a
 * partner that another one has written to it.
 */
@Injectable()
export class SharedSuppressions {
  constructor(
    private readonly database: Database,
    private readonly keys: AddressKeys,
  ) {}

  /**
   * @param vendorId null: suppressions of the platform only.
   * @returns those of the actor's contacts that are suppressed.
   */
  async ofContacts(
    actor: Actor,
    vendorId: VendorId | null,
    ids: readonly ContactId[],
  ): Promise<Map<ContactId, Origin>> {
    if (ids.length === 0) return new Map();
    return this.database.inTransaction(actor, async () =>
      this.among(
        vendorId,
        await this.database.query<AddressedContact>(
          'SELECT id, email_normalised AS normalised FROM contacts.contact WHERE partner_id = $1 AND id = ANY ($2::uuid[])',
          [partnerOf(actor), ids],
        ),
      ),
    );
  }

  /** As `ofContacts`, in the open transaction. */
  async among(vendorId: VendorId | null, contacts: readonly AddressedContact[]): Promise<Map<ContactId, Origin>> {
    const byKey = new Map<string, ContactId>();
    for (const { id, normalised } of contacts) {
      byKey.set(this.keys.keyOf({ kind: 'platform' }, normalised).toString('hex'), id);
      if (vendorId !== null) byKey.set(this.keys.keyOf({ kind: 'vendor', vendorId }, normalised).toString('hex'), id);
    }
    const rows = await this.database.query<{ key: string; isOfStaff: boolean }>(
      `SELECT encode(email_key, 'hex') AS key, source = 'staff' AS is_of_staff FROM contacts.keyed_suppression
       WHERE key_version = $1 AND email_key IN (SELECT decode(k, 'hex') FROM unnest($2::text[]) k)`,
      [KEY_VERSION, [...byKey.keys()]],
    );
    const found = new Map<ContactId, Origin>();
    for (const { key, isOfStaff } of rows) {
      const id = byKey.get(key);
      if (id !== undefined && found.get(id) !== 'person') found.set(id, isOfStaff ? 'staff' : 'person');
    }
    return found;
  }
}
