import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database, lowerCase } from '#database';
import {
  type Actor,
  Clock,
  type ContactId,
  DomainError,
  newId,
  notFound,
  type PartnerId,
  type SuppressionId,
  systemActor,
  type VendorId,
} from '#kernel';
import { AddressKeys, KEY_VERSION, type KeyScope } from './address-keys.service.js';
import { editorOf, partnerOf } from './authority.js';
import { ContactSchema } from './contact.schema.js';
import { FormerAddresses } from './former-addresses.service.js';
import { type EmailAddress } from '#contracts';
import { requireEmail } from './contact-input.js';
import { type Suppression, type SuppressionReason, type SuppressionSource } from './suppression.js';
import { SuppressionSchema } from './suppression.schema.js';

/**
 * Scope: this partner's mail, every partner's mail for a vendor, or all mail of
 * the platform.
 */
export type SuppressionScope =
  | { readonly scope: 'partner' }
  | { readonly scope: 'vendor'; readonly vendorId: VendorId }
  | { readonly scope: 'platform' };

export type NewSuppression = SuppressionScope &
  ({ readonly contactId: ContactId } | { readonly email: string }) & {
    readonly reason: SuppressionReason;
    readonly source: SuppressionSource;
  };

/**
 * Priority: a contact's own opt-out over a provider's, any over staff's, a
 * complaint over an unsubscribe. The order in which they came does not matter.
 */
const MAY_REPLACE = `(s.source = 'staff' OR (s.source = 'provider' AND EXCLUDED.source = 'person')
  OR (s.reason = 'unsubscribed' AND EXCLUDED.reason = 'complained'))`;

/**
 * Addresses that never get mail.
 * Any role may add one.
 * Only the contact removes one, or staff if staff added it.
 */
@Injectable()
export class Suppressions {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly keys: AddressKeys,
    private readonly former: FormerAddresses,
  ) {}

  /**
   * Suppresses an address. Idempotent; a contact's own opt-out replaces
   * staff's. Joins the open transaction.
   * @throws DomainError `contact.not-found`, `contact.email-…`;
   *   `suppression.scope-forbidden` when partner users reach beyond their own
   *   mail.
   */
  async add(actor: Actor, input: NewSuppression): Promise<SuppressionId> {
    const partnerId = editorOf(actor);
    if (actor.kind === 'partner' && (input.scope !== 'partner' || input.source !== 'staff')) {
      throw new DomainError(
        'suppression.scope-forbidden',
        'You can suppress an address for your own mail only.',
        { field: 'scope' },
        { kind: 'forbidden' },
      );
    }
    return this.database.inTransaction(actor, async () => {
      const address = 'email' in input ? requireEmail(input.email) : await this.addressOf(partnerId, input.contactId);
      const id = await (input.scope === 'partner'
        ? this.addForPartner(partnerId, address, input)
        : this.addKeyed(
            input.scope === 'vendor' ? { kind: 'vendor', vendorId: input.vendorId } : { kind: 'platform' },
            address,
            input,
          ));
      // A suppression beyond the partner is hidden from the partner: neither
      // address nor number.
      await this.audit.record(input.scope === 'partner' ? actor : systemActor(actor.name), {
        action: 'suppression.added',
        subject: { kind: 'suppression', id },
        details: { scope: input.scope, reason: input.reason, source: input.source },
      });
      return id;
    });
  }

  /**
   * The partner's own suppressions, newest first.
   * @param search part of an address.
   */
  async page(
    actor: Actor,
    page: { limit: number; beforeId: SuppressionId | null; search?: string },
  ): Promise<Suppression[]> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, async () => {
      const query = this.database.manager
        .getRepository(SuppressionSchema)
        .createQueryBuilder('suppression')
        .where({ partnerId })
        .orderBy('suppression.id', 'DESC')
        .take(page.limit);
      if (page.beforeId !== null) query.andWhere('suppression.id < :before', { before: page.beforeId });
      if (page.search !== undefined)
        query.andWhere(`strpos(${lowerCase('suppression.email')}, ${lowerCase(':search')}) > 0`, {
          search: page.search,
        });
      return query.getMany();
    });
  }

  /**
   * The suppression that holds for a contact, if any; for the contact's own
   * page.
   */
  async ofContact(actor: Actor, contactId: ContactId): Promise<Suppression | null> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, async () => {
      const { normalised } = await this.addressOf(partnerId, contactId);
      const found = (await this.among(partnerId, [{ id: contactId, normalised }])).get(contactId);
      return found === undefined
        ? null
        : this.database.manager.getRepository(SuppressionSchema).findOneBy({ partnerId, id: found.id });
    });
  }

  /**
   * The suppressions that hold for contacts: of their address, or of one that
   * they had before. A bounce of a former address does not hold: it is what the
   * change has corrected. Joins the open transaction.
   */
  async among(
    partnerId: PartnerId,
    contacts: readonly { readonly id: ContactId; readonly normalised: string }[],
  ): Promise<Map<ContactId, Pick<Suppression, 'id' | 'source'>>> {
    const former = await this.former.ownKeys(
      partnerId,
      contacts.map(({ id }) => id),
    );
    const present = contacts.map(({ id, normalised }) => ({
      id,
      key: this.keys.keyOf({ kind: 'partner', partnerId }, normalised).toString('hex'),
    }));
    const rows = await this.database.query<Pick<Suppression, 'id' | 'source' | 'reason'> & { key: string }>(
      `SELECT id, encode(email_key, 'hex') AS key, source, reason FROM contacts.suppression
       WHERE partner_id = $1 AND key_version = $2 AND email_key IN (SELECT decode(k, 'hex') FROM unnest($3::text[]) k)`,
      [partnerId, KEY_VERSION, [...former, ...present].map(({ key }) => key)],
    );
    const byKey = new Map(rows.map((row) => [row.key, row]));
    const found = new Map<ContactId, Pick<Suppression, 'id' | 'source'>>();
    for (const { id, key } of former) {
      const row = byKey.get(key);
      if (row !== undefined && row.reason !== 'bounced' && found.get(id)?.source !== 'person') found.set(id, row);
    }
    for (const { id, key } of present) {
      const row = byKey.get(key);
      if (row !== undefined && found.get(id)?.source !== 'person') found.set(id, row);
    }
    return found;
  }

  /**
   * Removes a partner's suppression, if staff added it. Users may, API keys may
   * not. An opt-out, a complaint or a dead address stays until the contact
   * changes it.
   * @throws DomainError `suppression.not-found`, `suppression.not-yours`.
   */
  async remove(actor: Actor, id: SuppressionId): Promise<void> {
    const partnerId = editorOf(actor);
    await this.database.inTransaction(actor, async () => {
      const suppressions = this.database.manager.getRepository(SuppressionSchema);
      const suppression = await suppressions.findOneBy({ id, partnerId });
      if (suppression === null) throw notFound('suppression', id);
      if (actor.kind === 'partner' && (suppression.source !== 'staff' || actor.apiKeyId !== null)) {
        throw new DomainError(
          'suppression.not-yours',
          suppression.source === 'staff'
            ? 'Only a person may take a suppression away, not an API key. Sign in to do it.'
            : 'This was not decided by your staff, so only the person can take it back.',
          { id },
          { kind: 'forbidden' },
        );
      }
      await suppressions.delete({ id });
      await this.audit.record(actor, {
        action: 'suppression.removed',
        subject: { kind: 'suppression', id },
        details: { reason: suppression.reason, source: suppression.source },
      });
    });
  }

  /**
   * What stays after an erasure: for each address that the contact has or had,
   * key, reason and day. The address is deleted from an older entry, too. Joins
   * the open transaction.
   * @returns the keys: keyed hashes of the addresses within the partner.
   */
  async recordErasure(partnerId: PartnerId, contactId: ContactId, normalised: string): Promise<Buffer[]> {
    const former = await this.former.ownKeys(partnerId, [contactId]);
    const keys = [
      this.keys.keyOf({ kind: 'partner', partnerId }, normalised),
      ...former.map(({ key }) => Buffer.from(key, 'hex')),
    ];
    for (const key of keys)
      await this.database.query(
        `INSERT INTO contacts.suppression (id, partner_id, key_version, email_key, email, reason, source, suppressed_at)
         VALUES ($1, $2, $3, $4, NULL, 'erased', 'person', $5)
         ON CONFLICT (partner_id, key_version, email_key)
         DO UPDATE SET email = NULL, reason = 'erased', source = 'person', suppressed_at = EXCLUDED.suppressed_at`,
        [newId(), partnerId, KEY_VERSION, key, this.clock.now()],
      );
    return keys;
  }

  private async addressOf(partnerId: PartnerId, id: ContactId): Promise<EmailAddress> {
    const contact = await this.database.manager.getRepository(ContactSchema).findOneBy({ id, partnerId });
    if (contact === null) throw notFound('contact', id);
    return { email: contact.email, normalised: contact.emailNormalised };
  }

  private async addForPartner(
    partnerId: PartnerId,
    address: EmailAddress,
    { reason, source }: NewSuppression,
  ): Promise<SuppressionId> {
    const [row] = await this.database.query<{ id: SuppressionId }>(
      `INSERT INTO contacts.suppression AS s (id, partner_id, key_version, email_key, email, reason, source, suppressed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (partner_id, key_version, email_key) DO UPDATE SET
         reason = CASE WHEN ${MAY_REPLACE} THEN EXCLUDED.reason ELSE s.reason END,
         source = CASE WHEN ${MAY_REPLACE} THEN EXCLUDED.source ELSE s.source END
       RETURNING id`,
      [
        newId(),
        partnerId,
        KEY_VERSION,
        this.keys.keyOf({ kind: 'partner', partnerId }, address.normalised),
        address.email,
        reason,
        source,
        this.clock.now(),
      ],
    );
    if (row === undefined) throw new Error('The suppression was not written.');
    return row.id;
  }

  private async addKeyed(
    scope: KeyScope,
    address: EmailAddress,
    { reason, source }: NewSuppression,
  ): Promise<SuppressionId> {
    const id = newId<SuppressionId>();
    await this.database.query(
      `INSERT INTO contacts.keyed_suppression (id, scope, vendor_id, key_version, email_key, reason, source, suppressed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [
        id,
        scope.kind,
        scope.kind === 'vendor' ? scope.vendorId : null,
        KEY_VERSION,
        this.keys.keyOf(scope, address.normalised),
        reason,
        source,
        this.clock.now(),
      ],
    );
    return id;
  }
}
