import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import type { ContactId, SystemActor, VendorId } from '#kernel';
import { AddressKeys, KEY_VERSION } from './address-keys.service.js';
import { partnerOf } from './authority.js';
import { TOUCH_WINDOW_MS, touchedAt } from './touch-window.js';

/** A touch is forgotten a day after it counts for the last time: the clock of another process may be behind. */
const KEPT_MS = TOUCH_WINDOW_MS + 86_400_000;

/** A message that wants a touch of somebody's allowance, or is to give its own back. */
export interface TouchHolder {
  readonly contactId: ContactId;
  /** The moment of the touch that it holds; null for none. */
  readonly touchedAt: Date | null;
}

/**
 * Takes a touch from an address' allowance before a message goes out: `FREQUENCY_CAP` in any seven days, across all partners of a vendor, by
 * keyed hash.
 */
@Injectable()
export class FrequencyCaps {
  constructor(
    private readonly database: Database,
    private readonly keys: AddressKeys,
    @Inject(CONFIG) private readonly config: Pick<Config, 'FREQUENCY_CAP'>,
  ) {}

  /**
   * Takes one touch for each message whose contact has one left, as of now: what a message holds already is moved. Atomic however many do
   * so at once, undone with the open transaction.
   * @returns the messages that may go, at `touchedAt(now)`; the others have reached the cap (reason `contact-policy`) or their contact is gone.
   */
  async reserve<Message extends TouchHolder>(
    actor: SystemActor,
    vendorId: VendorId,
    messages: readonly Message[],
    now: Date,
  ): Promise<Set<Message>> {
    return this.database.inTransaction(actor, async () => {
      const granted = new Set<Message>();
      await this.release(actor, vendorId, messages);
      for (const round of oneOfEach(messages)) {
        const keyed = await this.keyed(actor, vendorId, round);
        const rows = await this.take(vendorId, [...keyed.keys()], touchedAt(now));
        for (const key of rows) {
          const message = keyed.get(key);
          if (message !== undefined) granted.add(message);
        }
      }
      return granted;
    });
  }

  /** Gives touches back that were taken for messages that reached nobody; in the open transaction. */
  async release(actor: SystemActor, vendorId: VendorId, messages: readonly TouchHolder[]): Promise<void> {
    const holding = messages.filter(({ touchedAt: at }) => at !== null);
    await this.database.inTransaction(actor, async () => {
      for (const round of oneOfEach(holding)) {
        const keyed = [...(await this.keyed(actor, vendorId, round))].sort(([a], [b]) => (a < b ? -1 : 1));
        await this.database.query(
          `WITH held AS (
             SELECT t.email_key, array_position(t.taken, r.at) AS place
             FROM unnest($3::text[], $4::timestamptz[]) r (k, at) JOIN contacts.touch t
               ON t.vendor_id = $1 AND t.key_version = $2 AND t.email_key = decode(r.k, 'hex')
             ORDER BY t.email_key FOR UPDATE OF t)
           UPDATE contacts.touch t SET taken = t.taken[:held.place - 1] || t.taken[held.place + 1:] FROM held
           WHERE t.vendor_id = $1 AND t.key_version = $2 AND t.email_key = held.email_key AND held.place IS NOT NULL`,
          [vendorId, KEY_VERSION, keyed.map(([key]) => key), keyed.map(([, { touchedAt: at }]) => at)],
        );
      }
    });
  }

  /** One statement: who waits for a row looks at it anew. One order in every process: two chunks that share addresses never wait for each other. */
  private async take(vendorId: VendorId, keys: readonly string[], at: Date): Promise<string[]> {
    const since = (ms: string): string =>
      `ARRAY(SELECT x FROM unnest(t.taken) x WHERE x > $4 - ${ms} * interval '1 millisecond' ORDER BY x)`;
    const rows = await this.database.query<{ key: string }>(
      `INSERT INTO contacts.touch AS t (vendor_id, key_version, email_key, taken)
       SELECT $1, $2, decode(k, 'hex'), ARRAY[$4::timestamptz] FROM unnest($3::text[]) k ORDER BY k
       ON CONFLICT (vendor_id, email_key, key_version)
       DO UPDATE SET taken = ${since('$7')} || $4::timestamptz WHERE cardinality(${since('$6')}) < $5
       RETURNING encode(email_key, 'hex') AS key`,
      [vendorId, KEY_VERSION, keys, at, this.config.FREQUENCY_CAP, TOUCH_WINDOW_MS, KEPT_MS],
    );
    return rows.map(({ key }) => key);
  }

  private async keyed<Message extends TouchHolder>(
    actor: SystemActor,
    vendorId: VendorId,
    messages: readonly Message[],
  ): Promise<Map<string, Message>> {
    const contacts = await this.database.query<{ id: ContactId; normalised: string }>(
      `SELECT id, email_normalised AS normalised FROM contacts.contact WHERE partner_id = $1 AND id = ANY ($2::uuid[])`,
      [partnerOf(actor), messages.map(({ contactId }) => contactId)],
    );
    const addresses = new Map(contacts.map(({ id, normalised }) => [id, normalised]));
    return new Map(
      messages.flatMap((message) => {
        const address = addresses.get(message.contactId);
        return address === undefined
          ? []
          : [[this.keys.keyOf({ kind: 'vendor', vendorId }, address).toString('hex'), message] as const];
      }),
    );
  }
}

/** In rounds: a contact of two messages wants two touches, and a statement changes a row once. */
function oneOfEach<Message extends TouchHolder>(messages: readonly Message[]): Message[][] {
  const rounds: Message[][] = [];
  const seen = new Map<ContactId, number>();
  for (const message of messages) {
    const turn = seen.get(message.contactId) ?? 0;
    seen.set(message.contactId, turn + 1);
    (rounds[turn] ??= []).push(message);
  }
  return rounds;
}
