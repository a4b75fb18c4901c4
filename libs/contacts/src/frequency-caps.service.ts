import { Injectable } from '@nestjs/common';
import { Database, unnestRows } from '#database';
import type { ContactId, SystemActor, VendorId } from '#kernel';
import { AddressKeys, KEY_VERSION, type KeyScope } from './address-keys.service.js';
import { partnerOf } from './authority.js';
import { PolicyRefusals } from './policy-refusals.service.js';
import { type CapsInForce, OrganisationFrequencyCaps } from './organisation-frequency-caps.service.js';
import { type FrequencyRule, KEPT_MS, frequencyUseAt } from './frequency-window.js';

/** A message that needs one use of an allowance, or that returns its use. */
export interface FrequencyUseHolder {
  readonly contactId: ContactId;
  /** When its reserved send counts; null for none. */
  readonly frequencyUseAt: Date | null;
}

/** Whose messages are counted together. */
interface Allowance {
  /** Whether other partners' messages count, too. */
  readonly isAcrossPartners: boolean;
  readonly table: 'contacts.frequency_use' | 'contacts.partner_frequency_use';
  readonly owner: 'vendor_id' | 'partner_id';
  readonly ownerId: string;
  readonly keys: KeyScope;
  /** How many of them an address gets, and in which time. */
  readonly rulesOf: (caps: CapsInForce) => readonly FrequencyRule[];
}

type Addressed<Message> = ReadonlyMap<Message, string>;

/**
 * Reserves one use of each of an address's allowances before a message goes
 * out: of the partner for one vendor, of the partner across all vendors, and of
 * the vendor across all partners. Each counts in any window of days. Addresses
 * are keyed hashes.
 */
@Injectable()
export class FrequencyCaps {
  constructor(
    private readonly database: Database,
    private readonly keys: AddressKeys,
    private readonly own: OrganisationFrequencyCaps,
    private readonly refusals: PolicyRefusals,
  ) {}

  /**
   * Reserves one use of all allowances for each message that has one left of
   * each, as of now. Counts the messages that only other partners' messages
   * prevent. A message that already holds a use has it moved to now.
   * Atomic under concurrency; rolls back with the open transaction.
   * @returns the messages that may go, at `frequencyUseAt(now)`. The others
   *   have reached a cap (reason `contact-policy`) or lost their contact.
   */
  async reserve<Message extends FrequencyUseHolder>(
    actor: SystemActor,
    vendorId: VendorId,
    messages: readonly Message[],
    now: Date,
  ): Promise<Set<Message>> {
    return this.database.inTransaction(actor, async () => {
      const at = frequencyUseAt(now);
      const granted = new Set<Message>();
      const allowances = this.allowances(actor, vendorId);
      const caps = await this.own.inForce(actor, vendorId, partnerOf(actor), now);
      if (messages.some((message) => message.frequencyUseAt !== null)) {
        await this.lock(allowances, await this.addressed(actor, messages));
        await this.release(actor, vendorId, messages);
      }
      let refusedAcross = 0;
      for (const round of oneOfEach(messages)) {
        let left: Addressed<Message> = await this.addressed(actor, round);
        for (const [place, allowance] of allowances.entries()) {
          const counted = await this.count(allowance, caps, left, at);
          const refused = new Map([...left].filter(([message]) => !counted.has(message)));
          for (const earlier of allowances.slice(0, place)) await this.refund(earlier, refused, () => at);
          if (allowance.isAcrossPartners) refusedAcross += refused.size;
          left = counted;
        }
        for (const message of left.keys()) granted.add(message);
      }
      if (refusedAcross > 0) await this.refusals.record(partnerOf(actor), refusedAcross, at);
      return granted;
    });
  }

  /**
   * Refunds uses of messages that reached no contact, in the open transaction.
   */
  async release(actor: SystemActor, vendorId: VendorId, messages: readonly FrequencyUseHolder[]): Promise<void> {
    const holding = messages.filter(({ frequencyUseAt: at }) => at !== null);
    await this.database.inTransaction(actor, async () => {
      for (const round of oneOfEach(holding)) {
        const addressed = await this.addressed(actor, round);
        for (const allowance of this.allowances(actor, vendorId))
          await this.refund(allowance, addressed, ({ frequencyUseAt: at }) => at);
      }
    });
  }

  /**
   * In the order in which every process locks them. The partner's own come
   * first: what they refuse says nothing of other partners and does not count
   * against it.
   */
  private allowances(actor: SystemActor, vendorId: VendorId): readonly Allowance[] {
    const partnerId = partnerOf(actor);
    const ofPartner = {
      isAcrossPartners: false,
      table: 'contacts.partner_frequency_use',
      owner: 'partner_id',
      ownerId: partnerId,
    } as const;
    return [
      {
        ...ofPartner,
        keys: { kind: 'membership', vendorId, partnerId },
        rulesOf: ({ ofMembership }) => ofMembership,
      },
      { ...ofPartner, keys: { kind: 'partner', partnerId }, rulesOf: (caps) => caps.ofPartner },
      {
        isAcrossPartners: true,
        table: 'contacts.frequency_use',
        owner: 'vendor_id',
        ownerId: vendorId,
        keys: { kind: 'vendor', vendorId },
        rulesOf: ({ acrossPartners }) => acrossPartners,
      },
    ];
  }

  /**
   * All rows of the allowances, in the lock order of `count`.
   * Refunded uses must not count against the new reservation.
   */
  private async lock(allowances: readonly Allowance[], addressed: Addressed<unknown>): Promise<void> {
    for (const { table, owner, ownerId, keys } of allowances)
      await this.database.query(
        `INSERT INTO ${table} AS t (${owner}, key_version, email_key, taken)
         SELECT $1, $2, decode(k, 'hex'), '{}' FROM unnest($3::text[]) k ORDER BY k
         ON CONFLICT (${owner}, email_key, key_version) DO UPDATE SET taken = t.taken`,
        [ownerId, KEY_VERSION, [...this.keyed(keys, addressed).keys()]],
      );
  }

  /**
   * One statement: a process that waited for a row reads it again. One lock
   * order in every process: two chunks that share addresses do not deadlock.
   */
  private async count<Message>(
    { table, owner, ownerId, keys, rulesOf }: Allowance,
    caps: CapsInForce,
    addressed: Addressed<Message>,
    at: Date,
  ): Promise<Map<Message, string>> {
    if (addressed.size === 0) return new Map();
    const keyed = this.keyed(keys, addressed);
    const rules = rulesOf(caps);
    const limits = unnestRows(rules, { cap: 'int', days: 'int' }, [
      ownerId,
      KEY_VERSION,
      [...keyed.keys()],
      at,
      KEPT_MS,
    ]);
    const rows = await this.database.query<{ key: string }>(
      `INSERT INTO ${table} AS t (${owner}, key_version, email_key, taken)
       SELECT $1, $2, decode(k, 'hex'), ARRAY[$4::timestamptz] FROM unnest($3::text[]) k ORDER BY k
       ON CONFLICT (${owner}, email_key, key_version)
       DO UPDATE SET taken = ARRAY(SELECT x FROM unnest(t.taken) x WHERE x > $4 - $5 * interval '1 millisecond' ORDER BY x) || $4::timestamptz
       WHERE NOT EXISTS (SELECT FROM ${limits.from}
         WHERE (SELECT count(*) FROM unnest(t.taken) x WHERE x > $4 - given.days * interval '24 hours') >= given.cap)
       RETURNING encode(email_key, 'hex') AS key`,
      limits.parameters,
    );
    return new Map(
      rows.flatMap(({ key }) => {
        const message = keyed.get(key);
        return message === undefined ? [] : [[message, addressed.get(message) ?? ''] as const];
      }),
    );
  }

  private async refund<Message>(
    { table, owner, ownerId, keys }: Allowance,
    addressed: Addressed<Message>,
    momentOf: (message: Message) => Date | null,
  ): Promise<void> {
    if (addressed.size === 0) return;
    const keyed = [...this.keyed(keys, addressed)].sort(([a], [b]) => (a < b ? -1 : 1));
    const uses = unnestRows(
      keyed,
      { key: ['text', ([key]) => key], at: ['timestamptz', ([, message]) => momentOf(message)] },
      [ownerId, KEY_VERSION],
    );
    await this.database.query(
      `WITH held AS (
         SELECT t.email_key, array_position(t.taken, given.at) AS place
         FROM ${uses.from} JOIN ${table} t
           ON t.${owner} = $1 AND t.key_version = $2 AND t.email_key = decode(given.key, 'hex')
         ORDER BY t.email_key FOR UPDATE OF t)
       UPDATE ${table} t SET taken = t.taken[:held.place - 1] || t.taken[held.place + 1:] FROM held
       WHERE t.${owner} = $1 AND t.key_version = $2 AND t.email_key = held.email_key AND held.place IS NOT NULL`,
      uses.parameters,
    );
  }

  private keyed<Message>(scope: KeyScope, addressed: Addressed<Message>): Map<string, Message> {
    return new Map(
      [...addressed].map(([message, address]) => [this.keys.keyOf(scope, address).toString('hex'), message]),
    );
  }

  /** Messages whose contact exists, with its normalised address. */
  private async addressed<Message extends FrequencyUseHolder>(
    actor: SystemActor,
    messages: readonly Message[],
  ): Promise<Addressed<Message>> {
    const contacts = await this.database.query<{ id: ContactId; normalised: string }>(
      `SELECT id, email_normalised AS normalised FROM contacts.contact WHERE partner_id = $1 AND id = ANY ($2::uuid[])`,
      [partnerOf(actor), messages.map(({ contactId }) => contactId)],
    );
    const addresses = new Map(contacts.map(({ id, normalised }) => [id, normalised]));
    return new Map(
      messages.flatMap((message) => {
        const address = addresses.get(message.contactId);
        return address === undefined ? [] : [[message, address] as const];
      }),
    );
  }
}

/**
 * In rounds: a contact with two messages needs two uses, but a statement
 * changes a row once.
 */
function oneOfEach<Message extends FrequencyUseHolder>(messages: readonly Message[]): Message[][] {
  const rounds: Message[][] = [];
  const seen = new Map<ContactId, number>();
  for (const message of messages) {
    const turn = seen.get(message.contactId) ?? 0;
    seen.set(message.contactId, turn + 1);
    (rounds[turn] ??= []).push(message);
  }
  return rounds;
}
