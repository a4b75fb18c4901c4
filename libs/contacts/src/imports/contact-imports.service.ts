import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Jobs } from '#jobs';
import {
  type Actor,
  Clock,
  type ContactImportId,
  type ContactListId,
  DomainError,
  newId,
  notFound,
  type PartnerId,
} from '#kernel';
import { editorOf, partnerOf } from '../authority.js';
import { lockContacts } from '../bulk-changes.repository.js';
import { ContactLists } from '../contact-lists.service.js';
import { ContactQuota } from '../contact-quota.service.js';
import { IMPORT_CONTACTS } from '../contacts.jobs.js';
import { withoutUnsafeCharacters } from '../contact-fields.js';
import type { ContactImport } from './contact-import.js';
import { ContactImportSchema } from './contact-import.schema.js';
import type { RowProblem } from './contact-candidate.js';
import { type CsvFile, type InspectionChoice, requireAddresses } from './csv-file.js';
import { inspectList } from './list-task.js';
import type { OptOutRule } from './opt-out-columns.js';
import { hashOf, type ImportRequest, listNameOf, optOutRules, requireJurisdiction } from './import-request.js';

/** What was found out about the file of a request. */
interface Found {
  readonly file: CsvFile;
  /** Of the stored bytes. */
  readonly encoding: string;
  readonly optOuts: readonly OptOutRule[];
  readonly requestHash: string;
  readonly jurisdiction: string | null;
}

/** Where an import puts people, and whether that is there because of it. */
interface ListOfImport {
  readonly listId: ContactListId;
  readonly madeList: boolean;
}

const PROBLEM_PAGE = 2000;

/** Accepts imports and reports their progress; ContactImporter runs them. */
@Injectable()
export class ContactImports {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly lists: ContactLists,
    private readonly quota: ContactQuota,
  ) {}

  /**
   * How an upload would be read; nothing is stored.
   * @throws DomainError as `inspectFile`.
   */
  async preview(actor: Actor, bytes: Buffer, choice: InspectionChoice): Promise<CsvFile> {
    editorOf(actor);
    return (await inspectList(bytes, choice)).file;
  }

  /**
   * Stores the file and queues its import. The same idempotency key with the
   * same request returns the same import.
   * @throws DomainError as `inspectFile` and `requireAddresses`;
   *   `import.opt-out-unclear`; `contact-list.not-found`;
   *   `import.key-reused` for a key with another request;
   *   `import.too-many-waiting`; `contacts.quota-reached`.
   */
  async accept(actor: Actor, request: ImportRequest): Promise<ContactImport> {
    const partnerId = editorOf(actor);
    const requestHash = hashOf(request);
    const before = await this.withKey(actor, partnerId, request.idempotencyKey ?? null, requestHash);
    if (before !== null) return before;
    const { file, converted } = await inspectList(request.bytes, {
      mapping: request.mapping ?? null,
      encoding: request.encoding ?? null,
      sheet: request.sheet ?? null,
      optOutColumns: null,
    });
    requireAddresses(file);
    const optOuts = optOutRules(file, request.optOuts);
    const jurisdiction = request.jurisdiction === undefined ? null : requireJurisdiction(request.jurisdiction);
    try {
      return await this.database.inTransaction(actor, async () => {
        await lockContacts(this.database, partnerId);
        await this.quota.requireRoomForImport(partnerId);
        await this.quota.requireRoom(partnerId);
        const list = await this.listFor(actor, request);
        const accepted = this.newImport(partnerId, list, request, {
          file,
          encoding: converted === null ? file.encoding : 'utf-8',
          optOuts,
          requestHash,
          jurisdiction,
        });
        await this.database.manager.getRepository(ContactImportSchema).insert(accepted);
        await this.database.query(
          'INSERT INTO contacts.contact_import_file (import_id, partner_id, bytes) VALUES ($1, $2, $3)',
          [accepted.id, partnerId, converted ?? request.bytes],
        );
        await this.jobs.enqueue(IMPORT_CONTACTS, { importId: accepted.id, partnerId });
        await this.audit.record(actor, {
          action: 'contact-import.requested',
          subject: { kind: 'contact-import', id: accepted.id },
          details: { listId: list.listId, basis: request.basis },
        });
        return accepted;
      });
    } catch (error) {
      // The same request twice at once: the unique key accepts one, the other
      // finds it.
      const first = await this.withKey(actor, partnerId, request.idempotencyKey ?? null, requestHash);
      if (first === null) throw error;
      return first;
    }
  }

  /** @throws DomainError `contact-import.not-found`. */
  async get(actor: Actor, id: ContactImportId): Promise<ContactImport> {
    const partnerId = partnerOf(actor);
    const found = await this.database.inTransaction(actor, () =>
      this.database.manager.getRepository(ContactImportSchema).findOneBy({ id, partnerId }),
    );
    if (found === null) throw notFound('contact-import', id);
    return found;
  }

  /**
   * A partner's imports, newest first.
   * @param page `beforeId`: the last import of the page before.
   */
  async list(actor: Actor, page: { beforeId: ContactImportId | null; limit: number }): Promise<ContactImport[]> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, () =>
      this.database.manager.getRepository(ContactImportSchema).find({
        where: { partnerId, ...(page.beforeId === null ? {} : { id: LessThan(page.beforeId) }) },
        order: { id: 'DESC' },
        take: page.limit,
      }),
    );
  }

  /** Problems by row, in the order of the file, from the one after `after`. */
  async problems(actor: Actor, id: ContactImportId, page: { after: number; limit: number }): Promise<RowProblem[]> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, () =>
      this.database.query<RowProblem>(
        `SELECT row_number AS row, severity, code, field, value FROM contacts.contact_import_problem
         WHERE import_id = $1 AND partner_id = $2 AND position > $3 ORDER BY position LIMIT $4`,
        [id, partnerId, page.after, page.limit],
      ),
    );
  }

  /**
   * All problems, some thousand at a time: an import may have hundreds of
   * thousands.
   */
  async *allProblems(actor: Actor, id: ContactImportId): AsyncGenerator<RowProblem[]> {
    for (let after = 0; ; after += PROBLEM_PAGE) {
      const page = await this.problems(actor, id, { after, limit: PROBLEM_PAGE });
      if (page.length > 0) yield page;
      if (page.length < PROBLEM_PAGE) return;
    }
  }

  /**
   * Stops an import before its next rows.
   * Imported contacts stay; an empty list that it created is deleted.
   * @throws DomainError `contact-import.not-found`, `contact-import.finished`.
   */
  async cancel(actor: Actor, id: ContactImportId): Promise<ContactImport> {
    const partnerId = editorOf(actor);
    const { listId } = await this.get(actor, id);
    await this.database.inTransaction(actor, async () => {
      const before = await this.get(actor, id);
      const stopped = await this.database.query(
        `UPDATE contacts.contact_import SET status = 'cancelled', finished_at = $3
         WHERE id = $1 AND partner_id = $2 AND status IN ('queued', 'running') RETURNING id`,
        [id, partnerId, this.clock.now()],
      );
      if (stopped.length === 0) {
        throw new DomainError(
          'contact-import.finished',
          `The import is ${before.status} already; there is nothing left to stop.`,
          { id },
          { kind: 'conflict' },
        );
      }
      await this.database.query('DELETE FROM contacts.contact_import_file WHERE import_id = $1', [id]);
      await this.audit.record(actor, {
        action: 'contact-import.cancelled',
        subject: { kind: 'contact-import', id },
      });
    });
    if (listId !== null) await this.lists.removeUnfilled(actor, listId);
    return this.get(actor, id);
  }

  /**
   * Deletes the report rows of imports that ended before a day; the counts
   * stay.
   * @returns the number of rows deleted.
   */
  async deleteReports(actor: Actor, before: Date): Promise<number> {
    const partnerId = editorOf(actor);
    const gone = await this.database.inTransaction(actor, () =>
      this.database.query(
        `DELETE FROM contacts.contact_import_problem p USING contacts.contact_import i
         WHERE i.id = p.import_id AND i.partner_id = $1 AND i.finished_at < $2 RETURNING p.position`,
        [partnerId, before],
      ),
    );
    return gone.length;
  }

  /**
   * How many rows of reports `forgetReports` would forget, counted up to
   * `most`.
   */
  async countReports(actor: Actor, before: Date, most: number): Promise<number> {
    const partnerId = partnerOf(actor);
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ rows: number }>(
        `SELECT count(*)::int AS rows FROM (SELECT 1 FROM contacts.contact_import_problem p JOIN contacts.contact_import i ON i.id = p.import_id
         WHERE i.partner_id = $1 AND i.finished_at < $2 LIMIT $3) counted`,
        [partnerId, before, most],
      ),
    );
    return found?.rows ?? 0;
  }

  private async withKey(
    actor: Actor,
    partnerId: PartnerId,
    idempotencyKey: string | null,
    requestHash: string,
  ): Promise<ContactImport | null> {
    if (idempotencyKey === null) return null;
    const before = await this.database.inTransaction(actor, () =>
      this.database.manager.getRepository(ContactImportSchema).findOneBy({ partnerId, idempotencyKey }),
    );
    if (before === null || before.requestHash === requestHash) return before;
    throw new DomainError(
      'import.key-reused',
      'This Idempotency-Key was used for another file or other options. Use a new key for a new import.',
      { contactImportId: before.id },
      { kind: 'conflict' },
    );
  }

  private async listFor(actor: Actor, request: ImportRequest): Promise<ListOfImport> {
    if (request.listId !== undefined) {
      await this.lists.get(actor, request.listId);
      await this.lists.requireByHand(request.listId);
      return { listId: request.listId, madeList: false };
    }
    const name = request.listName?.trim() ?? null;
    const known = await this.lists.findLocked(actor, (list) =>
      name === null ? list.isDefault : list.name.toLowerCase() === name.toLowerCase(),
    );
    if (known !== null) {
      await this.lists.requireByHand(known.id);
      return { listId: known.id, madeList: false };
    }
    const list = await this.lists.create(actor, { name: name ?? listNameOf(request.fileName) });
    return { listId: list.id, madeList: true };
  }

  private newImport(partnerId: PartnerId, list: ListOfImport, request: ImportRequest, found: Found): ContactImport {
    return {
      id: newId(),
      partnerId,
      ...list,
      status: 'queued',
      fileName: withoutUnsafeCharacters(request.fileName).slice(0, 200),
      encoding: found.encoding,
      delimiter: found.file.dialect.delimiter,
      columns: found.file.columns,
      headingRows: found.file.headingRows,
      optOuts: found.optOuts,
      basis: request.basis,
      evidence: request.evidence ?? null,
      jurisdiction: found.jurisdiction,
      idempotencyKey: request.idempotencyKey ?? null,
      requestHash: found.requestHash,
      total: null,
      candidates: 0,
      created: 0,
      updated: 0,
      unchanged: 0,
      rejected: 0,
      optedOut: 0,
      failureCode: null,
      failure: null,
      createdAt: this.clock.now(),
      finishedAt: null,
    };
  }
}
