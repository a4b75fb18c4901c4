import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { ActivationId, ContactId, VendorId } from '#kernel';

/**
 * When contacts were last sent messages, according to the ledger. Read by the
 * frequency rules.
 */
@Injectable()
export class ContactSendHistory {
  constructor(private readonly database: Database) {}

  /**
   * The time of the last submission to each contact of the partner in scope,
   * including one that is under way. In the open transaction.
   */
  async lastSubmitted(contactIds: readonly ContactId[]): Promise<Map<ContactId, Date>> {
    const rows = await this.database.query<{ id: ContactId; at: Date }>(
      `SELECT contact_id AS id, max(CASE state WHEN 'releasing' THEN frequency_use_at ELSE settled_at END) AS at FROM delivery.message
       WHERE contact_id = ANY ($1::uuid[]) AND state IN ('releasing', 'accepted', 'delivered', 'bounced', 'complained', 'unknown') GROUP BY 1`,
      [contactIds],
    );
    return new Map(rows.map(({ id, at }) => [id, at]));
  }

  /**
   * The messages submitted to contacts of the partner in scope since a time,
   * including those under way. In the open transaction.
   */
  async submittedSince(
    contactIds: readonly ContactId[],
    since: Date,
  ): Promise<{ contactId: ContactId; activationId: ActivationId; at: Date }[]> {
    return this.database.query(
      `SELECT contact_id, activation_id, at FROM (
         SELECT contact_id, activation_id, CASE state WHEN 'releasing' THEN frequency_use_at ELSE settled_at END AS at FROM delivery.message
         WHERE contact_id = ANY ($1::uuid[]) AND state IN ('releasing', 'accepted', 'delivered', 'bounced', 'complained', 'unknown')) m
       WHERE at >= $2`,
      [contactIds, since],
    );
  }

  /**
   * The frequency uses since a time, by contact of the partner in scope:
   * messages that count towards a frequency cap. `ofVendor` tells whether a
   * message belongs to the given vendor's campaigns.
   */
  async frequencyUses(
    vendorId: VendorId,
    contactIds: readonly ContactId[],
    since: Date,
  ): Promise<Map<ContactId, { at: Date; ofVendor: boolean }[]>> {
    const rows = await this.database.query<{ contactId: ContactId; at: Date; ofVendor: boolean }>(
      `SELECT contact_id, frequency_use_at AS at, vendor_id = $1 AS of_vendor FROM delivery.message
       WHERE contact_id = ANY ($2::uuid[]) AND frequency_use_at > $3 AND state <> 'failed'`,
      [vendorId, contactIds, since],
    );
    const sends = new Map<ContactId, { at: Date; ofVendor: boolean }[]>();
    for (const { contactId, ...send } of rows) sends.set(contactId, [...(sends.get(contactId) ?? []), send]);
    return sends;
  }
}
