import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { AuditLog } from '#audit';
import { Database, lowerCase } from '#database';
import { type Actor, Clock, type ContactListId, DomainError, type PartnerId } from '#kernel';
import { editorOf, partnerOf } from './authority.js';
import { type ConsentInput, needsEvidence } from './contact.js';
import { LIST_SIZE } from './contact-lists.service.js';
import { jurisdictionCode } from './contact-fields.js';
import { lockContacts } from './bulk-changes.repository.js';
import { ContactSchema, type FilteredContact } from './contact.schema.js';
import { parseEmail } from '#contracts';

/**
 * `unknown`: no basis, or an unknown one.
 * `pending`: asked by mail, not confirmed.
 * `expired`: the legal period has ended.
 * `recorded`: valid today.
 */
type ConsentState = 'unknown' | 'pending' | 'expired' | 'recorded';

/**
 * Contacts for which one consent may be recorded.
 * A contact who was asked by mail answers for themselves.
 */
export type FilterForMany = ContactFilter & { readonly consent: Exclude<ConsentState, 'pending'> };

/**
 * Which of a partner's contacts are meant.
 * An absent field does not filter.
 */
export interface ContactFilter {
  readonly listId?: ContactListId;
  /** Part of a name, company or address. */
  readonly search?: string;
  readonly consent?: ConsentState;
  /**
   * Whether the partner's own suppression list has the address.
   * The partner may not know the suppressions of others.
   */
  readonly suppressed?: boolean;
}

/** More at once would lock the database for longer than a user waits. */
const MOST_AT_ONCE = 100_000;

/** An expiry is the last day (UTC) on which a basis holds. */
const TODAY = `(:now::timestamptz AT TIME ZONE 'UTC')::date`;
const STATED = `contact.consentBasis NOT IN ('unknown', 'pending')`;
const CONSENT: Readonly<Record<ConsentState, string>> = {
  unknown: `contact.consentBasis = 'unknown'`,
  pending: `contact.consentBasis = 'pending'`,
  expired: `${STATED} AND contact.consentExpiresOn < ${TODAY}`,
  recorded: `${STATED} AND (contact.consentExpiresOn IS NULL OR contact.consentExpiresOn >= ${TODAY})`,
};

/**
 * Suppressed contacts are looked up by address; a join would read all contacts.
 * Others are searched in the covering index, which begins with the address.
 * The addresses are compared in PostgreSQL and are not sent to the process.
 */
const SUPPRESSED = 'contact.emailNormalised = ANY (:addresses::text[])';
const NOT_SUPPRESSED = `split_part(contact.searchText, ' ', 1) NOT IN
  (SELECT lower(email) FROM contacts.suppression WHERE partner_id = :partnerId AND email IS NOT NULL)`;

/**
 * A UUIDv7 of the machine's current time, as all ids are.
 * The newest record of a contact counts, and the id decides which is newest.
 */
const NEW_ID = `(lpad(to_hex(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
  || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid`;

/**
 * All contacts that match, not only those on a page: ids, count, one consent
 * for all.
 */
@Injectable()
export class ContactSelection {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * The matching contacts, for a page or a statement over all of them.
   * Needs an open transaction of the partner.
   */
  async matchingQuery(partnerId: PartnerId, filter: ContactFilter): Promise<SelectQueryBuilder<FilteredContact>> {
    // Prefers index-only scans, in index order.
    // PostgreSQL assumes a disk seek for each index page and prefers the rows.
    // Reading the rows takes four times as long.
    // The memory is for some hundred thousand suppressed addresses.
    // With less, PostgreSQL compares them one by one.
    await this.database.query(
      `SELECT set_config('random_page_cost', '1.1', true), set_config('work_mem', '64MB', true)`,
    );
    const query = this.database.manager.getRepository(ContactSchema).createQueryBuilder('contact').where({ partnerId });
    if (filter.listId !== undefined)
      // The partner is named again: PostgreSQL cannot estimate the list from a
      // policy. It would look up the contacts one by one.
      query.andWhere(
        'contact.id IN (SELECT contact_id FROM contacts.contact_list_member WHERE list_id = :listId AND partner_id = :partnerId)',
        { listId: filter.listId, partnerId },
      );
    if (filter.search !== undefined)
      query.andWhere(`strpos(contact.searchText, ${lowerCase(':search')}) > 0`, { search: filter.search });
    if (filter.consent !== undefined) query.andWhere(CONSENT[filter.consent], { now: this.clock.now() });
    if (filter.suppressed === true)
      query.andWhere(SUPPRESSED, { addresses: await this.suppressedAddresses(partnerId) });
    if (filter.suppressed === false) query.andWhere(NOT_SUPPRESSED, { partnerId });
    return query;
  }

  /** How many match. */
  async count(actor: Actor, filter: ContactFilter): Promise<number> {
    const partnerId = partnerOf(actor);
    const { suppressed, ...others } = filter;
    const isWholeList = filter.search === undefined && filter.consent === undefined && suppressed === undefined;
    return this.database.inTransaction(actor, async () => {
      if (filter.listId !== undefined && isWholeList) return this.sizeOf(filter.listId);
      const count = async (asked: ContactFilter): Promise<number> =>
        (await this.matchingQuery(partnerId, asked)).getCount();
      // Suppressed contacts are found by address.
      // Without a search term, the others would be compared one by one.
      if (suppressed === false && filter.search === undefined)
        return (await count(others)) - (await count({ ...others, suppressed: true }));
      return count(filter);
    });
  }

  /**
   * Records one consent for all matching contacts, in one statement. Older
   * records stay as evidence. A suppressed address stays suppressed.
   * @param expected the count that the user saw when deciding.
   * @throws DomainError `consent.evidence-missing`, `consent.invalid`,
   *   `contacts.too-many`, `contacts.others-match`.
   */
  async recordConsent(actor: Actor, filter: FilterForMany, consent: ConsentInput, expected: number): Promise<void> {
    const partnerId = editorOf(actor);
    requireEvidence(consent);
    if (expected > MOST_AT_ONCE)
      throw new DomainError(
        'contacts.too-many',
        `At most ${MOST_AT_ONCE} contacts at a time. Choose a list, or search, and record them part by part.`,
        { field: 'expected', most: MOST_AT_ONCE },
      );
    await this.database.inTransaction(actor, async () => {
      await lockContacts(this.database, partnerId);
      const recorded = await this.insertConsents(actor, partnerId, filter, consent);
      if (recorded !== expected)
        throw new DomainError(
          'contacts.others-match',
          'The matching contacts have changed since you opened the page. Nothing was recorded; reload and try again.',
          { field: 'expected', count: recorded },
          { kind: 'conflict' },
        );
      await this.audit.record(actor, {
        action: 'consent.recorded-for-many',
        subject: { kind: 'organisation', id: partnerId },
        // Not the search text: it may be a person's name.
        details: {
          count: recorded,
          basis: consent.basis,
          listId: filter.listId ?? null,
          consent: filter.consent,
          suppressed: filter.suppressed ?? null,
          isSearch: filter.search !== undefined,
        },
      });
    });
  }

  /**
   * The size stored with the list; 0 for no list and for another partner's
   * list.
   */
  private async sizeOf(listId: ContactListId): Promise<number> {
    const [list] = await this.database.query<{ size: number }>(
      `SELECT ${LIST_SIZE} AS size FROM contacts.contact_list l WHERE l.id = $1`,
      [listId],
    );
    return list?.size ?? 0;
  }

  private async insertConsents(
    actor: Actor,
    partnerId: PartnerId,
    filter: ContactFilter,
    consent: ConsentInput,
  ): Promise<number> {
    const now = this.clock.now();
    const matching = (await this.matchingQuery(partnerId, filter))
      .select('contact.id', 'id')
      .addSelect('contact.country', 'country')
      .limit(MOST_AT_ONCE + 1);
    const own = [
      now,
      partnerId,
      consent.basis,
      consent.evidence?.trim() ?? null,
      actor.kind === 'system' ? actor.name : 'staff',
      consent.jurisdiction == null ? null : jurisdictionCode(consent.jurisdiction),
      consent.expiresOn ?? null,
    ];
    const [sql, parameters] = matching.getQueryAndParameters();
    const shifted = sql.replace(/\$(\d+)/g, (_, at: string) => `$${Number(at) + own.length}`);
    const [written] = await this.database.query<{ count: number }>(
      `WITH written AS (
         INSERT INTO contacts.consent_record (id, partner_id, contact_id, basis, evidence, source, jurisdiction, jurisdiction_source, expires_on, recorded_at)
         SELECT ${NEW_ID}, $2, matching.id, $3, $4, $5, coalesce($6::text, matching.country),
           CASE WHEN $6::text IS NOT NULL THEN 'stated' WHEN matching.country IS NOT NULL THEN 'contact' END,
           $7::date, $1 FROM (${shifted}) matching RETURNING 1)
       SELECT count(*)::int AS count FROM written`,
      [...own, ...(parameters as unknown[])],
    );
    return written?.count ?? 0;
  }

  /**
   * As contacts are compared: the list keeps addresses as they were written.
   */
  private async suppressedAddresses(partnerId: PartnerId): Promise<string[]> {
    const rows = await this.database.query<{ email: string }>(
      'SELECT email FROM contacts.suppression WHERE partner_id = $1 AND email IS NOT NULL',
      [partnerId],
    );
    return rows.flatMap(({ email }) => {
      const address = parseEmail(email);
      return typeof address === 'string' ? [] : [address.normalised];
    });
  }
}

function requireEvidence({ basis, evidence, jurisdiction }: ConsentInput): void {
  if (needsEvidence(basis) && (evidence ?? '').trim() === '')
    throw new DomainError(
      'consent.evidence-missing',
      'This basis needs evidence when it is set for many contacts. Enter the evidence.',
      { field: 'consent.evidence' },
    );
  if (jurisdiction != null && jurisdictionCode(jurisdiction) === null)
    throw new DomainError('consent.invalid', 'Name the jurisdiction by a code such as "CA" or "CA-QC".', {
      field: 'consent.jurisdiction',
    });
}
