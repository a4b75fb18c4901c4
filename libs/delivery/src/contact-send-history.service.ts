import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { ContactId, VendorId } from '#kernel';

/** How lately people were written to, as the ledger knows: for the rules about how often that may be. */
@Injectable()
export class ContactSendHistory {
  constructor(private readonly database: Database) {}

  /** When a message to each contact of the partner in scope was last handed over, or is being; in the open transaction. */
  async lastSubmitted(contactIds: readonly ContactId[]): Promise<Map<ContactId, Date>> {
    const rows = await this.database.query<{ id: ContactId; at: Date }>(
      `SELECT contact_id AS id, max(CASE state WHEN 'handing_off' THEN touched_at ELSE settled_at END) AS at FROM delivery.message
       WHERE contact_id = ANY ($1::uuid[]) AND state IN ('handing_off', 'accepted', 'delivered', 'bounced', 'complained', 'unknown') GROUP BY 1`,
      [contactIds],
    );
    return new Map(rows.map(({ id, at }) => [id, at]));
  }

  /**
   * The touches that messages have taken since a moment and not given back, by contact of the partner in scope, and whether they were of
   * a vendor's campaigns.
   */
  async frequencyUses(
    vendorId: VendorId,
    contactIds: readonly ContactId[],
    since: Date,
  ): Promise<Map<ContactId, { at: Date; ofVendor: boolean }[]>> {
    const rows = await this.database.query<{ contactId: ContactId; at: Date; ofVendor: boolean }>(
      `SELECT contact_id, touched_at AS at, vendor_id = $1 AS "ofVendor" FROM delivery.message
       WHERE contact_id = ANY ($2::uuid[]) AND touched_at > $3 AND state <> 'failed'`,
      [vendorId, contactIds, since],
    );
    const touches = new Map<ContactId, { at: Date; ofVendor: boolean }[]>();
    for (const { contactId, ...touch } of rows) touches.set(contactId, [...(touches.get(contactId) ?? []), touch]);
    return touches;
  }
}
