import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type Actor, type ContactId, type PartnerId, type VendorId } from '#kernel';
import { AddressKeys, KEY_VERSION } from './address-keys.service.js';
import { partnerOf } from './authority.js';
import { FormerAddresses } from './former-addresses.service.js';

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
    private readonly former: FormerAddresses,
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
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, async () =>
      this.among(
        partnerId,
        vendorId,
        await this.database.query<AddressedContact>(
          'SELECT id, email_normalised AS normalised FROM contacts.contact WHERE partner_id = $1 AND id = ANY ($2::uuid[])',
          [partnerId, ids],
        ),
      ),
    );
  }

  /** As `ofContacts`, in the open transaction. */
  async among(
    partnerId: PartnerId,
    vendorId: VendorId | null,
    contacts: readonly AddressedContact[],
  ): Promise<Map<ContactId, Origin>> {
    const known = contacts.flatMap(({ id, normalised }) => [
      { id, key: this.keys.keyOf({ kind: 'platform' }, normalised).toString('hex') },
      ...(vendorId === null
        ? []
        : [{ id, key: this.keys.keyOf({ kind: 'vendor', vendorId }, normalised).toString('hex') }]),
    ]);
    const former = await this.former.sharedKeys(
      partnerId,
      contacts.map(({ id }) => id),
    );
    const rows = await this.database.query<{ key: string; isOfStaff: boolean; isBounce: boolean }>(
      `SELECT encode(email_key, 'hex') AS key, source = 'staff' AS is_of_staff, reason = 'bounced' AS is_bounce
       FROM contacts.keyed_suppression
       WHERE key_version = $1 AND (scope = 'platform' OR vendor_id = $3)
         AND email_key IN (SELECT decode(k, 'hex') FROM unnest($2::text[]) k)`,
      [KEY_VERSION, [...known, ...former].map(({ key }) => key), vendorId],
    );
    const byKey = new Map(rows.map((row) => [row.key, row]));
    const found = new Map<ContactId, Origin>();
    const add = (id: ContactId, isOfStaff: boolean): void => {
      if (found.get(id) !== 'person') found.set(id, isOfStaff ? 'staff' : 'person');
    };
    for (const { id, key } of known) {
      const row = byKey.get(key);
      if (row !== undefined) add(id, row.isOfStaff);
    }
    // A dead address is what its correction leaves behind.
    for (const { id, key } of former) {
      const row = byKey.get(key);
      if (row?.isBounce === false) add(id, row.isOfStaff);
    }
    return found;
  }
}
