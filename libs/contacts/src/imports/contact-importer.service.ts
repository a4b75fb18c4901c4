import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { CONTACT_DATES } from '#contracts';
import { Database } from '#database';
import {
  Clock,
  type ContactImportId,
  DomainError,
  newId,
  type PartnerId,
  type SystemActor,
  systemActor,
} from '#kernel';
import { ContactLists } from '../contact-lists.service.js';
import { type DayOrder, dayOrderOf } from '../date-text.js';
import { ContactQuota } from '../contact-quota.service.js';
import type { ContactImport } from './contact-import.js';
import { ContactImportSchema } from './contact-import.schema.js';
import { readCandidate } from './contact-candidate.js';
import { type Chunk, ContactChunks } from './contact-chunks.service.js';
import { TextDecoding } from './csv-encoding.js';
import { MAX_ROWS } from './list-format.js';
import type { CsvRow } from './csv-rows.js';
import { LIST_TASK, otherAnswer, withinLimits } from './list-task.js';

const SLICE_BYTES = 128 * 1024;
/**
 * Rows of one transaction: large for speed, small so that no send waits for it.
 */
const CHUNK_ROWS = 500;

/**
 * Runs an import: reads slices of the file, decides rows, writes chunks. Each
 * chunk has its own transaction, which also stores the progress. A later run
 * continues after the last chunk; a cancelled import stops before the next.
 * Between two pieces of work it yields to the event loop.
 */
@Injectable()
export class ContactImporter {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly chunks: ContactChunks,
    private readonly lists: ContactLists,
    private readonly quota: ContactQuota,
  ) {}

  async run(importId: ContactImportId, partnerId: PartnerId): Promise<void> {
    const actor = systemActor('contact-import', { partnerId });
    const accepted = await this.start(actor, importId);
    if (accepted === null) return;
    try {
      if (accepted.total === null) await this.count(actor, accepted);
      if (await this.importRows(actor, accepted)) await this.complete(actor, importId);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.fail(actor, importId, error);
      if (accepted.listId !== null) await this.lists.removeUnfilled(actor, accepted.listId);
    }
  }

  /** @returns null when nothing is left to do. */
  private async start(actor: SystemActor, id: ContactImportId): Promise<ContactImport | null> {
    return this.database.inTransaction(actor, async () => {
      await this.database.query(
        `UPDATE contacts.contact_import SET status = 'running' WHERE id = $1 AND status = 'queued'`,
        [id],
      );
      return this.database.manager.getRepository(ContactImportSchema).findOneBy({ id, status: 'running' });
    });
  }

  /**
   * Reads the whole file before the first write: a bad or too long file changes
   * nothing.
   */
  private async count(actor: SystemActor, accepted: ContactImport): Promise<void> {
    let total = 0;
    for await (const rows of this.rows(actor, accepted)) {
      total += rows.length;
      if (total > MAX_ROWS) {
        throw new DomainError(
          'import.too-many-rows',
          `A list may have at most ${MAX_ROWS.toLocaleString('en')} rows. Split it into several files; each adds to the same list.`,
        );
      }
    }
    await this.database.inTransaction(actor, () =>
      this.database.query('UPDATE contacts.contact_import SET total = $2 WHERE id = $1', [accepted.id, total]),
    );
  }

  /**
   * @returns true if every row is decided; false if the import was cancelled or
   *   another run has it.
   */
  private async importRows(actor: SystemActor, accepted: ContactImport): Promise<boolean> {
    const seen = new Set<string>();
    const reading = { ...accepted, dayOrder: await this.dayOrder(actor, accepted) };
    let done = accepted.candidates;
    let position = 0;
    let chunk = emptyChunk();
    for await (const rows of this.rows(actor, accepted)) {
      for (const row of rows) {
        position += 1;
        decide(row, reading, seen, position > done ? chunk : null);
        if (chunk.rows < CHUNK_ROWS) continue;
        await this.requireRoom(actor, accepted);
        if (!(await this.chunks.insert(actor, accepted, chunk, done))) return false;
        done += chunk.rows;
        chunk = emptyChunk();
        await nextTurn();
      }
    }
    if (chunk.rows === 0) return true;
    await this.requireRoom(actor, accepted);
    return this.chunks.insert(actor, accepted, chunk, done);
  }

  /** Of the dates in the file. Only a file with dates is read for it. */
  private async dayOrder(actor: SystemActor, accepted: ContactImport): Promise<DayOrder | null> {
    const columns = CONTACT_DATES.flatMap((field) => accepted.columns[field] ?? []);
    if (columns.length === 0) return null;
    const dates: string[] = [];
    for await (const rows of this.rows(actor, accepted))
      for (const { cells } of rows) for (const column of columns) dates.push(cells[column] ?? '');
    return dayOrderOf(dates);
  }

  /**
   * Stops an import at the quota of its partner, one chunk late at most.
   * @throws DomainError `contacts.quota-reached`.
   */
  private requireRoom(actor: SystemActor, { partnerId }: ContactImport): Promise<void> {
    return this.database.inTransaction(actor, () => this.quota.requireRoom(partnerId));
  }

  /** The data rows of the file, a slice at a time, read in a subprocess. */
  private async *rows(actor: SystemActor, accepted: ContactImport): AsyncGenerator<readonly CsvRow[]> {
    const { encoding, delimiter } = accepted;
    const dialect = { delimiter, newline: await this.newlineOf(actor, accepted) };
    const id = newId();
    const session = await LIST_TASK.open();
    let heading = accepted.headingRows;
    const data = (rows: readonly CsvRow[]): readonly CsvRow[] => {
      const above = Math.min(heading, rows.length);
      heading -= above;
      return rows.slice(above);
    };
    try {
      await withinLimits(session.run({ kind: 'begin', session: id, encoding, dialect }));
      for (let at = 0, isLast = false; !isLast; at += SLICE_BYTES) {
        const bytes = await this.slice(actor, accepted.id, at);
        isLast = bytes.length < SLICE_BYTES;
        const output = await withinLimits(session.run({ kind: 'slice', session: id, bytes, isLast }));
        if (output.kind !== 'rows') throw otherAnswer();
        yield data(output.rows);
      }
    } finally {
      session.close();
    }
  }

  private async newlineOf(actor: SystemActor, accepted: ContactImport): Promise<'\n' | '\r'> {
    const beginning = new TextDecoding(accepted.encoding).decode(await this.slice(actor, accepted.id, 0));
    return beginning.includes('\n') || !beginning.includes('\r') ? '\n' : '\r';
  }

  private async slice(actor: SystemActor, id: ContactImportId, at: number): Promise<Buffer> {
    const [row] = await this.database.inTransaction(actor, () =>
      this.database.query<{ slice: Buffer }>(
        'SELECT substring(bytes FROM $2 FOR $3) AS slice FROM contacts.contact_import_file WHERE import_id = $1',
        [id, at + 1, SLICE_BYTES],
      ),
    );
    return row?.slice ?? Buffer.alloc(0);
  }

  private async complete(actor: SystemActor, id: ContactImportId): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const [counts] = await this.database.query<Record<string, unknown>>(
        `UPDATE contacts.contact_import SET status = 'completed', finished_at = $2 WHERE id = $1 AND status = 'running'
         RETURNING candidates, created, updated, unchanged, rejected, opted_out AS "optedOut"`,
        [id, this.clock.now()],
      );
      if (counts === undefined) return;
      await this.deleteFile(id);
      const subject = { kind: 'contact-import', id };
      await this.audit.record(actor, { action: 'contact-import.completed', subject, details: counts });
    });
  }

  private async fail(actor: SystemActor, id: ContactImportId, error: DomainError): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      await this.database.query(
        `UPDATE contacts.contact_import SET status = 'failed', failure_code = $2, failure = $3, finished_at = $4
         WHERE id = $1 AND status = 'running'`,
        [id, error.code, error.message, this.clock.now()],
      );
      await this.deleteFile(id);
      const subject = { kind: 'contact-import', id };
      await this.audit.record(actor, { action: 'contact-import.failed', subject, details: { code: error.code } });
    });
  }

  private async deleteFile(id: ContactImportId): Promise<void> {
    await this.database.query('DELETE FROM contacts.contact_import_file WHERE import_id = $1', [id]);
  }
}

const emptyChunk = (): Chunk => ({ candidates: [], problems: [], rows: 0, optedOut: [] });

/**
 * Decides one row.
 * `chunk` is null for a row that an earlier run wrote; it still counts as seen.
 */
function decide(
  row: CsvRow,
  { columns, optOuts, dayOrder }: ContactImport & { readonly dayOrder: DayOrder | null },
  seen: Set<string>,
  chunk: Chunk | null,
): void {
  const { candidate, problems } = readCandidate(row, columns, optOuts, dayOrder);
  const isDuplicate = candidate !== null && seen.has(candidate.normalised);
  if (candidate !== null) seen.add(candidate.normalised);
  if (chunk === null) return;
  chunk.rows += 1;
  // A second row of a person may say what the first does not.
  if (candidate?.isOptedOut === true && !chunk.optedOut.some(({ normalised }) => normalised === candidate.normalised))
    chunk.optedOut.push(candidate);
  if (isDuplicate) {
    chunk.problems.push({
      row: row.number,
      severity: 'error',
      code: 'duplicate-in-file',
      field: 'email',
      value: candidate.email,
      address: candidate.normalised,
    });
    return;
  }
  chunk.problems.push(...problems);
  if (candidate !== null) chunk.candidates.push(candidate);
}
