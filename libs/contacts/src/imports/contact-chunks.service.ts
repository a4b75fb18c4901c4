import { Injectable } from '@nestjs/common';
import { Database, unnestRows } from '#database';
import { Clock, type ContactId, newId, type SystemActor } from '#kernel';
import type { EmailAddress } from '#contracts';
import { AddressKeys, KEY_VERSION } from '../address-keys.service.js';
import type { ConsentRecordId } from '../contact.js';
import { lockContacts } from '../bulk-changes.repository.js';
import type { ContactImport } from './contact-import.js';
import type { Candidate, ProblemOfPerson } from './contact-candidate.js';

/** Rows decided together: accepted ones, and problems. */
export interface Chunk {
  readonly candidates: Candidate[];
  readonly problems: ProblemOfPerson[];
  /** Rows of the file in this chunk; those without a candidate are rejected. */
  rows: number;
  /** People who opted out by the file, also by a row that was rejected. */
  readonly optedOut: EmailAddress[];
}

const ERASED = { severity: 'error', code: 'erased', field: 'email', value: null } as const;

const addressesOf = (problems: readonly ProblemOfPerson[]): string[] =>
  problems.flatMap(({ address }) => (address === null ? [] : [address]));

/** Writes one chunk of an import with a few statements, whatever its size. */
@Injectable()
export class ContactChunks {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly keys: AddressKeys,
  ) {}

  /**
   * Contacts, list, consent, problems and progress in one transaction.
   * @param done rows decided before this chunk.
   * @returns false, without any write, if the import has ended or another run
   *   is ahead.
   */
  async insert(actor: SystemActor, accepted: ContactImport, read: Chunk, done: number): Promise<boolean> {
    return this.database.inTransaction(actor, async () => {
      const [running] = await this.database.query(
        `SELECT 1 FROM contacts.contact_import WHERE id = $1 AND status = 'running' AND candidates = $2 FOR UPDATE`,
        [accepted.id, done],
      );
      if (running === undefined) return false;
      await this.database.discardPlans();
      await lockContacts(this.database, accepted.partnerId);
      const chunk = await this.withoutErased(accepted, read);
      // A new contact's consent record is written with the contact.
      const consentIds = chunk.candidates.map(() => newId<ConsentRecordId>());
      const { created, updated } = await this.writeContacts(accepted, chunk, consentIds);
      await this.writeMembership(accepted, chunk, consentIds);
      await this.writeSuppressions(accepted, chunk);
      await this.writeProblems(accepted, chunk);
      await this.database.query(
        `UPDATE contacts.contact_import SET candidates = candidates + $2, created = created + $3, updated = updated + $4,
           unchanged = unchanged + $5, rejected = rejected + $6, opted_out = opted_out + $7 WHERE id = $1`,
        [
          accepted.id,
          chunk.rows,
          created,
          updated,
          chunk.candidates.length - created - updated,
          chunk.rows - chunk.candidates.length,
          chunk.optedOut.length,
        ],
      );
      return true;
    });
  }

  /**
   * Leaves out people who were erased: their rows are rejected, without their
   * values. A contact that exists came back by itself, and is left alone.
   */
  private async withoutErased({ partnerId }: ContactImport, chunk: Chunk): Promise<Chunk> {
    const addresses = [...chunk.candidates.map(({ normalised }) => normalised), ...addressesOf(chunk.problems)];
    const byKey = new Map(
      addresses.map((address) => [this.keys.keyOf({ kind: 'partner', partnerId }, address).toString('hex'), address]),
    );
    const rows = await this.database.query<{ key: string }>(
      `SELECT encode(email_key, 'hex') AS key FROM contacts.suppression
       WHERE partner_id = $1 AND key_version = $2 AND reason = 'erased'
         AND email_key IN (SELECT decode(k, 'hex') FROM unnest($3::text[]) k)`,
      [partnerId, KEY_VERSION, [...byKey.keys()]],
    );
    const erased = new Set(rows.map(({ key }) => byKey.get(key)));
    const isErased = ({ normalised }: { readonly normalised: string }): boolean => erased.has(normalised);
    return {
      rows: chunk.rows,
      candidates: chunk.candidates.filter((candidate) => !isErased(candidate)),
      optedOut: chunk.optedOut.filter((address) => !isErased(address)),
      problems: [
        ...chunk.problems.filter(({ address }) => address === null || !erased.has(address)),
        ...chunk.candidates
          .filter(isErased)
          .map(({ row, normalised: address }) => ({ row, ...ERASED, address }) satisfies ProblemOfPerson),
      ],
    };
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
    const incoming = unnestRows(
      candidates,
      {
        id: ['uuid', () => newId<ContactId>()],
        email: 'text',
        normalised: 'text',
        firstName: ['text', ({ details }) => details.firstName],
        lastName: ['text', ({ details }) => details.lastName],
        salutation: ['text', ({ details }) => details.salutation],
        company: ['text', ({ details }) => details.company],
        phone: ['text', ({ details }) => details.phone],
        country: ['text', ({ details }) => details.country],
        timeZone: ['text', ({ details }) => details.timeZone],
        language: ['text', ({ details }) => details.language],
        industry: ['text', ({ details }) => details.industry],
        persona: ['text', ({ details }) => details.persona],
        stage: ['text', ({ details }) => details.stage],
        segment: ['text', ({ details }) => details.segment],
        renewsOn: ['date', ({ details }) => details.renewsOn],
        warrantyEndsOn: ['date', ({ details }) => details.warrantyEndsOn],
        trialEndsOn: ['date', ({ details }) => details.trialEndsOn],
        purchasedOn: ['date', ({ details }) => details.purchasedOn],
        consentId: ['uuid', (_, index) => consentIds[index]],
      },
      [partnerId, this.clock.now(), basis],
    );
    const [counts] = await this.database.query<{ created: number; updated: number }>(
      `WITH written AS (
         INSERT INTO contacts.contact AS c (id, partner_id, email, email_normalised, first_name, last_name, salutation, company, phone, country,
           time_zone, language, industry, persona, stage, segment,
           renews_on, warranty_ends_on, trial_ends_on, purchased_on, created_at, updated_at, consent_record_id, consent_basis)
         SELECT id, $1, email, normalised, first_name, last_name, salutation, company, phone, country, time_zone, language, industry,
           persona, stage, segment, renews_on, warranty_ends_on, trial_ends_on, purchased_on, $2, $2, consent_id, $3
         FROM ${incoming.from}
         ORDER BY normalised
         ON CONFLICT (partner_id, email_normalised) DO UPDATE SET
           first_name = coalesce(EXCLUDED.first_name, c.first_name), last_name = coalesce(EXCLUDED.last_name, c.last_name),
           salutation = coalesce(EXCLUDED.salutation, c.salutation), phone = coalesce(EXCLUDED.phone, c.phone),
           company = coalesce(EXCLUDED.company, c.company), country = coalesce(EXCLUDED.country, c.country),
           time_zone = coalesce(EXCLUDED.time_zone, c.time_zone), language = coalesce(EXCLUDED.language, c.language),
           industry = coalesce(EXCLUDED.industry, c.industry), persona = coalesce(EXCLUDED.persona, c.persona),
           stage = coalesce(EXCLUDED.stage, c.stage), segment = coalesce(EXCLUDED.segment, c.segment),
           renews_on = coalesce(EXCLUDED.renews_on, c.renews_on), warranty_ends_on = coalesce(EXCLUDED.warranty_ends_on, c.warranty_ends_on),
           trial_ends_on = coalesce(EXCLUDED.trial_ends_on, c.trial_ends_on), purchased_on = coalesce(EXCLUDED.purchased_on, c.purchased_on),
           updated_at = EXCLUDED.updated_at
         WHERE EXCLUDED.first_name <> coalesce(c.first_name, '') OR EXCLUDED.last_name <> coalesce(c.last_name, '')
           OR EXCLUDED.salutation <> coalesce(c.salutation, '') OR EXCLUDED.phone <> coalesce(c.phone, '')
           OR EXCLUDED.company <> coalesce(c.company, '') OR EXCLUDED.country <> coalesce(c.country, '')
           OR EXCLUDED.time_zone <> coalesce(c.time_zone, '') OR EXCLUDED.language <> coalesce(c.language, '')
           OR EXCLUDED.industry <> coalesce(c.industry, '') OR EXCLUDED.persona <> coalesce(c.persona, '')
           OR EXCLUDED.stage <> coalesce(c.stage, '') OR EXCLUDED.segment <> coalesce(c.segment, '')
           OR EXCLUDED.renews_on <> coalesce(c.renews_on, '-infinity') OR EXCLUDED.warranty_ends_on <> coalesce(c.warranty_ends_on, '-infinity')
           OR EXCLUDED.trial_ends_on <> coalesce(c.trial_ends_on, '-infinity') OR EXCLUDED.purchased_on <> coalesce(c.purchased_on, '-infinity')
         RETURNING xmax = 0 AS is_new)
       SELECT count(*) FILTER (WHERE is_new)::int AS created, count(*) FILTER (WHERE NOT is_new)::int AS updated FROM written`,
      incoming.parameters,
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
   * libs/database/functions/contacts.store_latest_consent.sql.
   */
  private async writeMembership(
    { id, partnerId, listId, basis, evidence, jurisdiction }: ContactImport,
    { candidates }: Chunk,
    consentIds: readonly ConsentRecordId[],
  ): Promise<void> {
    const members = unnestRows(
      candidates,
      { normalised: 'text', consentId: ['uuid', (_, index) => consentIds[index]] },
      [partnerId, listId, this.clock.now(), basis, evidence, `import ${id}`, jurisdiction],
    );
    await this.database.query(
      `WITH people AS (
         SELECT c.id, c.country, given.consent_id FROM ${members.from},
         LATERAL (SELECT id, country FROM contacts.contact WHERE partner_id = $1 AND email_normalised = given.normalised LIMIT 1) c),
       members AS (
         INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at)
         SELECT $2, id, $1, $3 FROM people ON CONFLICT DO NOTHING)
       INSERT INTO contacts.consent_record (id, partner_id, contact_id, basis, evidence, source, jurisdiction, jurisdiction_source, recorded_at)
       SELECT people.consent_id, $1, people.id, $4, $5, $6, coalesce($7, people.country),
         CASE WHEN $7 IS NOT NULL THEN 'stated' WHEN people.country IS NOT NULL THEN 'contact' END, $3 FROM people
       LEFT JOIN LATERAL (
         SELECT r.basis FROM contacts.consent_record r WHERE r.contact_id = people.id ORDER BY r.id DESC LIMIT 1
       ) last ON true
       WHERE last.basis IS NULL OR ($4 <> 'unknown' AND last.basis <> $4 AND (last.basis <> 'pending' OR $4 = 'customer'))`,
      members.parameters,
    );
  }

  /** An earlier suppression stays as it is: a person's own weighs more. */
  private async writeSuppressions({ partnerId }: ContactImport, { optedOut }: Chunk): Promise<void> {
    if (optedOut.length === 0) return;
    const rows = unnestRows(
      optedOut,
      {
        id: ['uuid', () => newId()],
        key: ['text', ({ normalised }) => this.keys.keyOf({ kind: 'partner', partnerId }, normalised).toString('hex')],
        email: 'text',
      },
      [partnerId, KEY_VERSION, this.clock.now()],
    );
    await this.database.query(
      `INSERT INTO contacts.suppression (id, partner_id, key_version, email_key, email, reason, source, suppressed_at)
       SELECT id, $1, $2, decode(key, 'hex'), email, 'requested', 'staff', $3 FROM ${rows.from}
       ON CONFLICT (partner_id, key_version, email_key) DO NOTHING`,
      rows.parameters,
    );
  }

  /**
   * With a keyed hash of the row's address: an erasure finds what a report holds
   * of that person.
   */
  private async writeProblems({ id, partnerId }: ContactImport, { problems }: Chunk): Promise<void> {
    if (problems.length === 0) return;
    const found = unnestRows(
      problems,
      {
        number: ['int', (_, index) => index + 1],
        row: 'int',
        severity: 'text',
        code: 'text',
        field: 'text',
        value: 'text',
        emailKey: [
          'text',
          ({ address }) =>
            address === null ? null : this.keys.keyOf({ kind: 'partner', partnerId }, address).toString('hex'),
        ],
      },
      [id, partnerId],
    );
    await this.database.query(
      `INSERT INTO contacts.contact_import_problem (import_id, position, partner_id, row_number, severity, code, field, value,
         email_key)
       SELECT $1, last.position + given.number, $2, given.row, given.severity, given.code, given.field, given.value,
         decode(given.email_key, 'hex')
       FROM ${found.from},
         (SELECT coalesce(max(position), 0) AS position FROM contacts.contact_import_problem WHERE import_id = $1) last`,
      found.parameters,
    );
  }
}
