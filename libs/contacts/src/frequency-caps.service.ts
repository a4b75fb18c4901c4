import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import type { ContactId, SystemActor, VendorId } from '#kernel';
import { AddressKeys, KEY_VERSION } from './address-keys.service.js';
import { partnerOf } from './authority.js';
import { windowStartsOn } from './touch-window.js';

/** Takes a touch from an address' allowance before a message goes out, across all partners of a vendor, by keyed hash. */
@Injectable()
export class FrequencyCaps {
  constructor(
    private readonly database: Database,
    private readonly keys: AddressKeys,
    @Inject(CONFIG) private readonly config: Pick<Config, 'FREQUENCY_CAP'>,
  ) {}

  /**
   * Takes one touch for each contact that has one left; atomic however many do so at once, undone with the open transaction.
   * @returns the contacts that may be written to; the others have reached the cap (reason `contact-policy`) or are gone.
   */
  async reserve(
    actor: SystemActor,
    vendorId: VendorId,
    contactIds: readonly ContactId[],
    now: Date,
  ): Promise<Set<ContactId>> {
    return this.database.inTransaction(actor, async () => {
      const keyed = await this.keyed(actor, vendorId, contactIds);
      // One order in every process: two chunks that share addresses wait for each other instead of deadlocking.
      const rows = await this.database.query<{ key: string }>(
        `INSERT INTO contacts.touch AS t (vendor_id, key_version, email_key, window_starts_on, n)
         SELECT $1, $2, decode(k, 'hex'), $4, 1 FROM unnest($3::text[]) k ORDER BY k
         ON CONFLICT (vendor_id, email_key, key_version, window_starts_on)
         DO UPDATE SET n = t.n + 1 WHERE t.n < $5
         RETURNING encode(email_key, 'hex') AS key`,
        [vendorId, KEY_VERSION, [...keyed.keys()], windowStartsOn(now), this.config.FREQUENCY_CAP],
      );
      return new Set(rows.flatMap(({ key }) => keyed.get(key) ?? []));
    });
  }

  /** Gives touches back that were taken in a window (`2026-11-16`) for messages that reached nobody; in the open transaction. */
  async release(
    actor: SystemActor,
    vendorId: VendorId,
    contactIds: readonly ContactId[],
    window: string,
  ): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const keyed = await this.keyed(actor, vendorId, contactIds);
      await this.database.query(
        `WITH held AS (
           SELECT email_key FROM contacts.touch
           WHERE vendor_id = $1 AND key_version = $2 AND window_starts_on = $4 AND n > 0
             AND email_key IN (SELECT decode(k, 'hex') FROM unnest($3::text[]) k)
           ORDER BY email_key FOR UPDATE)
         UPDATE contacts.touch t SET n = t.n - 1 FROM held
         WHERE t.vendor_id = $1 AND t.key_version = $2 AND t.window_starts_on = $4 AND t.email_key = held.email_key`,
        [vendorId, KEY_VERSION, [...keyed.keys()], window],
      );
    });
  }

  private async keyed(
    actor: SystemActor,
    vendorId: VendorId,
    ids: readonly ContactId[],
  ): Promise<Map<string, ContactId>> {
    const contacts = await this.database.query<{ id: ContactId; normalised: string }>(
      `SELECT id, email_normalised AS normalised FROM contacts.contact WHERE partner_id = $1 AND id = ANY ($2::uuid[])`,
      [partnerOf(actor), ids],
    );
    return new Map(
      contacts.map(({ id, normalised }) => [
        this.keys.keyOf({ kind: 'vendor', vendorId }, normalised).toString('hex'),
        id,
      ]),
    );
  }
}
