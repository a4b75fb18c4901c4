import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock, type ContactId, newId, type SystemActor } from '#kernel';
import type { ConsentRecordId } from '../contact.js';
import { lockContacts } from '../bulk-changes.repository.js';
import type { ContactImport } from './contact-import.js';
import type { Candidate, RowProblem } from './contact-candidate.js';

/** Rows decided together: accepted ones, and problems. */
export interface Chunk {
  readonly candidates: Candidate[];
  readonly problems: RowProblem[];
  /** Rows of the file in this chunk; those without a candidate are rejected. */
  rows: number;
}

/** Writes one chunk of an import with a few statements, whatever its size. */
@Injectable()
export class ContactChunks {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Contacts, list, consent, problems and progress in one transaction.
   * @param done rows decided before this chunk.
   * @returns false, without any write, if the import has ended or another run
   *   is ahead.
   */
  async insert(actor: SystemActor, accepted: ContactImport, chunk: Chunk, done: number): Promise<boolean> {
    return this.database.inTransaction(actor, async () => {
      const [running] = await this.database.query(
        `SELECT 1 FROM contacts.contact_import WHERE id = $1 AND status = 'running' AND candidates = $2 FOR UPDATE`,
        [accepted.id, done],
      );
      if (running === undefined) return false;
      await this.database.discardPlans();
      await lockContacts(this.database, accepted.partnerId);
      // A new contact's consent record is written with the contact.
      const consentIds = chunk.candidates.map(() => newId<ConsentRecordId>());
      const { created, updated } = await this.writeContacts(accepted, chunk, consentIds);
      await this.writeMembership(accepted, chunk, consentIds);
      await this.writeProblems(accepted, chunk);
      await this.database.query(
        `UPDATE contacts.contact_import SET candidates = candidates + $2, created = created + $3, updated = updated + $4,
           unchanged = unchanged + $5, rejected = rejected + $6 WHERE id = $1`,
        [
          accepted.id,
          chunk.rows,
          created,
          updated,
          chunk.candidates.length - created - updated,
          chunk.rows - chunk.candidates.length,
        ],
      );
      return true;
    });
  }

  /**
   * Adds new contacts.
   * Known ones gain what the file adds; an empty cell deletes nothing.
   */
  private async writeContacts(
    { partnerId, basis }: ContactImport,
    { candidates }: Chunk,
    consentIds: readonly ConsentRecordId[],
  ): Promise<{ created: number; updated: number }> {
    const [counts] = await this.database.query<{ created: number; updated: number }>(
      `WITH written AS (
         INSERT INTO contacts.contact AS c (id, partner_id, email, email_normalised, first_name, last_name, company, country,
           time_zone, language, industry, persona, stage, segment, created_at, updated_at, consent_record_id, consent_basis)
         SELECT id, $1, email, normalised, first_name, last_name, company, country, time_zone, language, industry, persona, stage, segment, $2, $2, consent_id, $17
         FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
           $12::text[], $13::text[], $14::text[], $15::text[], $16::uuid[])
           AS incoming (id, email, normalised, first_name, last_name, company, country, time_zone, language, industry, persona, stage,
             segment, consent_id)
         ORDER BY normalised
         ON CONFLICT (partner_id, email_normalised) DO UPDATE SET
           first_name = coalesce(EXCLUDED.first_name, c.first_name), last_name = coalesce(EXCLUDED.last_name, c.last_name),
           company = coalesce(EXCLUDED.company, c.company), country = coalesce(EXCLUDED.country, c.country),
           time_zone = coalesce(EXCLUDED.time_zone, c.time_zone), language = coalesce(EXCLUDED.language, c.language),
           industry = coalesce(EXCLUDED.industry, c.industry), persona = coalesce(EXCLUDED.persona, c.persona),
           stage = coalesce(EXCLUDED.stage, c.stage), segment = coalesce(EXCLUDED.segment, c.segment),
           updated_at = EXCLUDED.updated_at
         WHERE EXCLUDED.first_name <> coalesce(c.first_name, '') OR EXCLUDED.last_name <> coalesce(c.last_name, '')
           OR EXCLUDED.company <> coalesce(c.company, '') OR EXCLUDED.country <> coalesce(c.country, '')
           OR EXCLUDED.time_zone <> coalesce(c.time_zone, '') OR EXCLUDED.language <> coalesce(c.language, '')
           OR EXCLUDED.industry <> coalesce(c.industry, '') OR EXCLUDED.persona <> coalesce(c.persona, '')
           OR EXCLUDED.stage <> coalesce(c.stage, '') OR EXCLUDED.segment <> coalesce(c.segment, '')
         RETURNING xmax = 0 AS is_new)
       SELECT count(*) FILTER (WHERE is_new)::int AS created, count(*) FILTER (WHERE NOT is_new)::int AS updated FROM written`,
      [
        partnerId,
        this.clock.now(),
        candidates.map(() => newId<ContactId>()),
        candidates.map(({ email }) => email),
        candidates.map(({ normalised }) => normalised),
        candidates.map(({ details }) => details.firstName),
        candidates.map(({ details }) => details.lastName),
        candidates.map(({ details }) => details.company),
        candidates.map(({ details }) => details.country),
        candidates.map(({ details }) => details.timeZone),
        candidates.map(({ details }) => details.language),
        candidates.map(({ details }) => details.industry),
        candidates.map(({ details }) => details.persona),
        candidates.map(({ details }) => details.stage),
        candidates.map(({ details }) => details.segment),
        consentIds,
        basis,
      ],
    );
    return counts ?? { created: 0, updated: 0 };
  }

  /**
   * Adds the contacts to the list and records the basis. The basis is recorded
   * if none was known, or if this import has another one. An unknown basis in a
   * file removes nothing. A file cannot confirm an opt-in that is pending.
   *
   * The contacts are found one by one through their unique index. PostgreSQL
   * may turn a plain join into a scan of all contacts of the partner, per
   * chunk. That took 46 of 74 ms at 160,000 contacts, and grew with every row.
   *
   * A trigger copies the newest consent:
   * libs/database/functions/contacts.keep_consent.sql.
   */
  private async writeMembership(
    { id, partnerId, listId, basis, evidence, jurisdiction }: ContactImport,
    { candidates }: Chunk,
    consentIds: readonly ConsentRecordId[],
  ): Promise<void> {
    await this.database.query(
      `WITH people AS (
         SELECT c.id, c.country, incoming.consent_id FROM unnest($2::text[], $3::uuid[]) AS incoming (normalised, consent_id),
         LATERAL (SELECT id, country FROM contacts.contact WHERE partner_id = $1 AND email_normalised = incoming.normalised LIMIT 1) c),
       members AS (
         INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at)
         SELECT $4, id, $1, $5 FROM people ON CONFLICT DO NOTHING)
       INSERT INTO contacts.consent_record (id, partner_id, contact_id, basis, evidence, source, jurisdiction, jurisdiction_source, recorded_at)
       SELECT people.consent_id, $1, people.id, $6, $7, $8, coalesce($9, people.country), CASE WHEN $9 IS NOT NULL THEN 'stated' WHEN people.country IS NOT NULL THEN 'contact' END, $5 FROM people
       LEFT JOIN LATERAL (
         SELECT r.basis FROM contacts.consent_record r WHERE r.contact_id = people.id ORDER BY r.id DESC LIMIT 1
       ) last ON true
       WHERE last.basis IS NULL OR ($6 <> 'unknown' AND last.basis <> $6 AND (last.basis <> 'pending' OR $6 = 'customer'))`,
      [
        partnerId,
        candidates.map(({ normalised }) => normalised),
        consentIds,
        listId,
        this.clock.now(),
        basis,
        evidence,
        `import ${id}`,
        jurisdiction,
      ],
    );
  }

  private async writeProblems({ id, partnerId }: ContactImport, { problems }: Chunk): Promise<void> {
    if (problems.length === 0) return;
    await this.database.query(
      `INSERT INTO contacts.contact_import_problem (import_id, position, partner_id, row_number, severity, code, field, value)
       SELECT $1, last.position + incoming.n, $2, incoming.row_number, incoming.severity, incoming.code, incoming.field, incoming.value
       FROM unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[]) WITH ORDINALITY
         AS incoming (row_number, severity, code, field, value, n),
         (SELECT coalesce(max(position), 0) AS position FROM contacts.contact_import_problem WHERE import_id = $1) last`,
      [
        id,
        partnerId,
        problems.map(({ row }) => row),
        problems.map(({ severity }) => severity),
        problems.map(({ code }) => code),
        problems.map(({ field }) => field),
        problems.map(({ value }) => value),
      ],
    );
  }
}
