import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { NIL } from 'uuid';
import { AuditLog } from '#audit';
import { parseEmail } from '#contracts';
import { Database } from '#database';
import {
  type Actor,
  Clock,
  type ContactId,
  type ContactListId,
  DomainError,
  newId,
  notFound,
  type PartnerId,
  type SystemActor,
} from '#kernel';
import { editorOf, partnerOf } from './authority.js';
import type {
  ConsentBasis,
  ConsentInput,
  ConsentRecord,
  ConsentRecordId,
  Contact,
  ContactField,
  ContactForSending,
} from './contact.js';
import { jurisdictionCode, EMPTY_DETAILS } from './contact-fields.js';
import { type ContactInput, requireDetails, requireEmail } from './contact-input.js';
import { ContactLists, PAGE_OF_LISTS } from './contact-lists.service.js';
import { ContactQuota } from './contact-quota.service.js';
import { type ContactFilter, ContactSelection } from './contact-selection.service.js';
import { ConsentRecordSchema, ContactSchema } from './contact.schema.js';
import { FormerAddresses } from './former-addresses.service.js';
import { Suppressions } from './suppressions.service.js';

export interface ContactPage extends ContactFilter {
  readonly limit: number;
  readonly beforeId: ContactId | null;
}

const FOR_SENDING = `c.id, c.email, c.first_name, c.last_name, c.salutation, c.company, c.phone, c.country,
  c.time_zone, c.language, c.industry, c.persona, c.stage, c.segment,
  c.renews_on::text, c.warranty_ends_on::text, c.trial_ends_on::text, c.purchased_on::text`;

/**
 * A partner's contacts.
 * Only the partner, and processes in its name, read them.
 */
@Injectable()
export class Contacts {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly lists: ContactLists,
    private readonly suppressions: Suppressions,
    private readonly selection: ContactSelection,
    private readonly quota: ContactQuota,
    private readonly former: FormerAddresses,
  ) {}

  /** @throws DomainError `contact.not-found`. */
  async get(actor: Actor, id: ContactId): Promise<Contact> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, () => this.find(partnerId, id));
  }

  /** Newest first. */
  async page(actor: Actor, page: ContactPage): Promise<Contact[]> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, async () => {
      const query = (await this.selection.matchingQuery(partnerId, page))
        .orderBy('contact.id', 'DESC')
        .limit(page.limit);
      if (page.beforeId !== null) query.andWhere('contact.id < :before', { before: page.beforeId });
      // The ids come from a covering index; the rows are read after that.
      const found = await query.select('contact.id', 'id').getRawMany<{ id: ContactId }>();
      return this.database.manager
        .getRepository(ContactSchema)
        .find({ where: { id: In(found.map(({ id }) => id)), partnerId }, order: { id: 'DESC' } });
    });
  }

  /** The members of lists, each once, in a stable order, for enrolment. */
  async inLists(
    actor: Actor,
    listIds: readonly ContactListId[],
    page: { afterId: ContactId | null; limit: number },
  ): Promise<ContactForSending[]> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, () =>
      this.database.query<ContactForSending>(
        // The page is cut first, by the index of each list. A join before it, or
        // one condition on all lists, would read the whole lists.
        `SELECT ${FOR_SENDING} FROM (${PAGE_OF_LISTS}) m JOIN contacts.contact c ON c.id = m.contact_id ORDER BY c.id`,
        [listIds, partnerId, page.afterId ?? NIL, page.limit],
      ),
    );
  }

  /** Those that are still there, in no particular order. */
  async byIds(actor: Actor, ids: readonly ContactId[]): Promise<ContactForSending[]> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, () =>
      this.database.query<ContactForSending>(
        `SELECT ${FOR_SENDING} FROM contacts.contact c WHERE c.partner_id = $1 AND c.id = ANY ($2::uuid[])`,
        [partnerId, ids],
      ),
    );
  }

  /**
   * The contact with an address, in any spelling, or null. Locks the address
   * until the transaction ends, so the caller may create the contact.
   * @throws DomainError `contact.email-…`.
   */
  async byEmail(actor: Actor, email: string): Promise<Contact | null> {
    const partnerId = partnerOf(actor);
    const { normalised } = requireEmail(email);
    return this.database.inTransaction(actor, () => this.findByAddress(partnerId, normalised));
  }

  /**
   * Contacts with addresses, in any spelling.
   * @returns by the given address in lower case; no entry where there is none.
   */
  async idsByEmail(actor: Actor, emails: readonly string[]): Promise<ReadonlyMap<string, ContactId>> {
    const partnerId = partnerOf(actor);
    const spelled = emails.flatMap((email) => {
      const address = parseEmail(email);
      return typeof address === 'string' ? [] : [{ email: email.toLowerCase(), normalised: address.normalised }];
    });
    const found = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: ContactId; normalised: string }>(
        'SELECT id, email_normalised AS normalised FROM contacts.contact WHERE partner_id = $1 AND email_normalised = ANY ($2::text[])',
        [partnerId, spelled.map(({ normalised }) => normalised)],
      ),
    );
    const ids = new Map(found.map(({ normalised, id }) => [normalised, id]));
    return new Map(
      spelled.flatMap(({ email, normalised }): [string, ContactId][] => {
        const id = ids.get(normalised);
        return id === undefined ? [] : [[email, id]];
      }),
    );
  }

  /** Every record of a contact's consent, the newest (which counts) first. */
  async consentRecords(actor: Actor, id: ContactId): Promise<ConsentRecord[]> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, () =>
      this.database.manager
        .getRepository(ConsentRecordSchema)
        .find({ where: { contactId: id, partnerId }, order: { id: 'DESC' } }),
    );
  }

  /** The lists that a contact is in. */
  async listIds(actor: Actor, id: ContactId): Promise<ContactListId[]> {
    const partnerId = partnerOf(actor);
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: ContactListId }>(
        'SELECT list_id AS id FROM contacts.contact_list_member WHERE contact_id = $1 AND partner_id = $2 ORDER BY list_id',
        [id, partnerId],
      ),
    );
    return rows.map((row) => row.id);
  }

  /**
   * @throws DomainError `contact.exists` (with its id), `contact.email-…`,
   *   `contact.invalid`, `contact-list.not-found`.
   */
  async create(
    actor: Actor,
    input: ContactInput & { email: string; listIds?: readonly ContactListId[]; consent?: ConsentInput },
  ): Promise<Contact> {
    const partnerId = editorOf(actor);
    const address = requireEmail(input.email);
    const details = { ...EMPTY_DETAILS, ...requireDetails(input) };
    return this.database.inTransaction(actor, async () => {
      await this.refuseDuplicate(partnerId, address.normalised, null);
      await this.quota.requireRoom(partnerId);
      const now = this.clock.now();
      const contact: Contact = {
        id: newId(),
        partnerId,
        email: address.email,
        emailNormalised: address.normalised,
        ...details,
        createdAt: now,
        updatedAt: now,
      };
      await this.database.manager.getRepository(ContactSchema).insert(contact);
      for (const listId of input.listIds ?? []) await this.lists.addContacts(actor, listId, [contact.id]);
      if (input.consent !== undefined) await this.writeConsent(actor, contact, input.consent);
      await this.audit.record(actor, { action: 'contact.created', subject: { kind: 'contact', id: contact.id } });
      return contact;
    });
  }

  /**
   * Changes the given fields. What the person said about mail to a former
   * address still holds.
   * @throws DomainError as `create`, and `contact.not-found`.
   */
  async change(actor: Actor, id: ContactId, input: ContactInput & { email?: string }): Promise<Contact> {
    const partnerId = editorOf(actor);
    const details = requireDetails(input);
    const address = input.email === undefined ? null : requireEmail(input.email);
    return this.database.inTransaction(actor, async () => {
      // Locked, and only what was asked is written: two changes of different
      // fields at the same moment both stay.
      const before = await this.find(partnerId, id, 'to-change');
      if (address !== null) await this.refuseDuplicate(partnerId, address.normalised, id);
      if (address !== null && address.normalised !== before.emailNormalised)
        await this.former.record(partnerId, id, before.emailNormalised);
      const changed: Partial<Contact> = {
        ...details,
        ...(address === null ? {} : { email: address.email, emailNormalised: address.normalised }),
        updatedAt: this.clock.now(),
      };
      await this.database.manager.getRepository(ContactSchema).update({ id }, changed);
      await this.audit.record(actor, {
        action: 'contact.changed',
        subject: { kind: 'contact', id },
        details: { fields: [...Object.keys(details), ...(address === null ? [] : ['email'])] },
      });
      return { ...before, ...changed };
    });
  }

  /**
   * Changes those of the given fields that are unknown: what the partner knows
   * stays. Joins the open transaction.
   * @param known as it was read in the open transaction.
   * @throws DomainError as `change`.
   */
  async fillUnknown(actor: Actor, known: Contact, input: ContactInput): Promise<Contact> {
    const partnerId = editorOf(actor);
    const details = Object.entries(requireDetails(input));
    const newsFor = (contact: Contact): typeof details =>
      details.filter(([field, value]) => value !== null && contact[field as ContactField] === null);
    if (newsFor(known).length === 0) return known;
    return this.database.inTransaction(actor, async () => {
      // What a user has filled in meanwhile stays.
      const before = await this.find(partnerId, known.id, 'to-change');
      const news = newsFor(before);
      return news.length === 0 ? before : this.change(actor, known.id, Object.fromEntries(news));
    });
  }

  /**
   * Adds a consent record; older ones stay as evidence.
   * @throws DomainError `contact.not-found`, `consent.invalid`.
   */
  async recordConsent(actor: Actor, id: ContactId, consent: ConsentInput): Promise<void> {
    const partnerId = editorOf(actor);
    await this.database.inTransaction(actor, async () => {
      await this.recordConsentOf(actor, await this.find(partnerId, id), consent);
    });
  }

  /** The same for a contact that was read in the open transaction. */
  async recordConsentOf(actor: Actor, contact: Contact, consent: ConsentInput): Promise<void> {
    editorOf(actor);
    await this.writeConsent(actor, contact, consent);
    await this.audit.record(actor, {
      action: 'consent.recorded',
      subject: { kind: 'contact', id: contact.id },
      details: { basis: consent.basis },
    });
  }

  /**
   * Records that a contact was asked and has not answered.
   * Until the answer, no mail goes to the contact.
   */
  async recordPending(actor: SystemActor, id: ContactId, asked: Omit<ConsentInput, 'basis'>): Promise<void> {
    const partnerId = editorOf(actor);
    await this.database.inTransaction(actor, async () => {
      await this.writeConsent(actor, await this.find(partnerId, id), { ...asked, basis: 'pending' });
    });
  }

  /**
   * Removes a contact from the partner's lists.
   * A suppression of the address stays.
   * @throws DomainError `contact.not-found`.
   */
  async remove(actor: Actor, id: ContactId): Promise<void> {
    const partnerId = editorOf(actor);
    await this.database.inTransaction(actor, async () => {
      await this.find(partnerId, id);
      await this.delete(actor, id, 'contact.removed');
    });
  }

  /**
   * Erases a contact on request: lists, consent, and the contact's values in
   * import reports. Of each address that the contact has or had, a keyed hash with
   * reason and day stays, so that no later import restores the contact.
   * @throws DomainError `contact.not-found`.
   */
  async erase(actor: Actor, id: ContactId): Promise<void> {
    const partnerId = editorOf(actor);
    await this.database.inTransaction(actor, async () => {
      const { emailNormalised } = await this.find(partnerId, id);
      const keys = await this.suppressions.recordErasure(partnerId, id, emailNormalised);
      await this.database.query(
        `UPDATE contacts.contact_import_problem SET value = NULL
         WHERE partner_id = $1
           AND (email_key IN (SELECT decode(k, 'hex') FROM unnest($2::text[]) k) OR strpos(lower(value), $3) > 0)`,
        [partnerId, keys.map((key) => key.toString('hex')), emailNormalised],
      );
      await this.delete(actor, id, 'contact.erased');
    });
  }

  private async delete(actor: Actor, id: ContactId, action: 'contact.removed' | 'contact.erased'): Promise<void> {
    await this.database.query('DELETE FROM contacts.contact WHERE id = $1', [id]);
    await this.audit.record(actor, { action, subject: { kind: 'contact', id } });
  }

  private async find(
    partnerId: PartnerId,
    id: ContactId,
    purpose: 'to-read' | 'to-change' = 'to-read',
  ): Promise<Contact> {
    const contact = await this.database.manager.getRepository(ContactSchema).findOne({
      where: { id, partnerId },
      ...(purpose === 'to-change' && { lock: { mode: 'pessimistic_write' } }),
    });
    if (contact === null) throw notFound('contact', id);
    return contact;
  }

  private async findByAddress(partnerId: PartnerId, emailNormalised: string): Promise<Contact | null> {
    await this.database.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `contact of ${partnerId} ${emailNormalised}`,
    ]);
    return this.database.manager.getRepository(ContactSchema).findOneBy({ partnerId, emailNormalised });
  }

  private async refuseDuplicate(
    partnerId: PartnerId,
    emailNormalised: string,
    except: ContactId | null,
  ): Promise<void> {
    const taken = await this.findByAddress(partnerId, emailNormalised);
    if (taken === null || taken.id === except) return;
    throw new DomainError(
      'contact.exists',
      'A contact with this address exists already. Edit that contact.',
      { field: 'email', contactId: taken.id },
      { kind: 'conflict' },
    );
  }

  private async writeConsent(
    actor: Actor,
    contact: Contact,
    consent: Omit<ConsentInput, 'basis'> & { basis: ConsentBasis },
  ): Promise<void> {
    const stated = consent.jurisdiction == null ? null : jurisdictionCode(consent.jurisdiction);
    if (stated === null && consent.jurisdiction != null) {
      throw new DomainError('consent.invalid', 'Name the jurisdiction by a code such as "CA" or "CA-QC".', {
        field: 'consent.jurisdiction',
      });
    }
    const jurisdiction = stated ?? contact.country;
    await this.database.manager.getRepository(ConsentRecordSchema).insert({
      id: newId<ConsentRecordId>(),
      partnerId: contact.partnerId,
      contactId: contact.id,
      basis: consent.basis,
      evidence: consent.evidence ?? null,
      source: actor.kind === 'system' ? actor.name : 'staff',
      jurisdiction,
      jurisdictionSource: jurisdiction === null ? null : stated === null ? 'contact' : 'stated',
      expiresOn: consent.expiresOn ?? null,
      recordedAt: this.clock.now(),
      language: consent.form?.language ?? null,
      page: consent.form?.page ?? null,
      versionId: consent.form?.versionId ?? null,
      confirmation: consent.form?.confirmation ?? null,
    });
  }
}
