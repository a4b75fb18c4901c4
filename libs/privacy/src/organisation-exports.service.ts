import type { ReadStream } from 'node:fs';
import { Injectable, Logger } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { OrganisationExportView } from '#contracts';
import { Database } from '#database';
import { Jobs } from '#jobs';
import {
  Clock,
  DAY_MS,
  DomainError,
  type Id,
  newId,
  notFound,
  type PartnerActor,
  type PartnerId,
  systemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { ExportFiles } from '#storage';
import { ExportArchive } from './export-archive.js';
import { OrganisationExportWriter } from './organisation-export-writer.service.js';
import { EXPORT_ORGANISATION } from './privacy.jobs.js';

export type OrganisationExportId = Id<'organisation-export'>;
type Owner = VendorActor | PartnerActor;

const EXPORTS = systemActor('organisation-exports');
const KEPT_MS = 3 * DAY_MS;
/** Of the list on the screen. */
const LISTED = 10;

interface ExportRow extends Omit<OrganisationExportView, 'id' | 'requestedAt' | 'expiresAt'> {
  readonly id: OrganisationExportId;
  readonly requestedAt: Date;
  readonly expiresAt: Date | null;
  readonly file: string | null;
}

const COLUMNS =
  'id, requested_by, requested_at, state, parts_done, parts, row_count::float8 AS rows, bytes::float8 AS bytes, expires_at, file';

/** Files with everything that an organisation holds, for its owners. */
@Injectable()
export class OrganisationExports {
  private readonly logger = new Logger(OrganisationExports.name);

  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly files: ExportFiles,
    private readonly writer: OrganisationExportWriter,
  ) {}

  /**
   * Requests an export, which is written in the background.
   * @returns the running one if there is one.
   */
  async request(actor: Owner): Promise<OrganisationExportView> {
    const organisationId = organisationOf(actor);
    return this.database.inTransaction(actor, async () => {
      await this.database.lock(`organisation export ${organisationId}`);
      const [running] = await this.read(organisationId, "AND state = 'running'");
      if (running !== undefined) return exportView(running);
      const id = newId<OrganisationExportId>();
      const parts = (await this.writer.sources(actor)).length + 1;
      await this.database.query(
        `INSERT INTO privacy.organisation_export (id, organisation_id, requested_by, requested_at, state, parts)
         VALUES ($1, $2, $3, $4, 'running', $5)`,
        [id, organisationId, actor.name, this.clock.now(), parts],
      );
      await this.audit.record(actor, {
        action: 'organisation-export.requested',
        subject: { kind: 'organisation-export', id },
      });
      await this.jobs.enqueue(EXPORT_ORGANISATION, { exportId: id, side: actor.kind, organisationId });
      return exportView(await this.one(organisationId, id));
    });
  }

  /** The latest ones. */
  async list(actor: Owner): Promise<OrganisationExportView[]> {
    const rows = await this.database.inTransaction(actor, () => this.read(organisationOf(actor)));
    return rows.map(exportView);
  }

  /** @throws DomainError `organisation-export.not-found`. */
  async get(actor: Owner, id: OrganisationExportId): Promise<OrganisationExportView> {
    return this.database.inTransaction(actor, async () => exportView(await this.one(organisationOf(actor), id)));
  }

  /**
   * The file. The download is in the audit log.
   * @throws DomainError `organisation-export.not-found`,
   *   `organisation-export.not-ready`.
   */
  async open(actor: Owner, id: OrganisationExportId): Promise<{ stream: ReadStream; size: number }> {
    const { file, state } = await this.database.inTransaction(actor, () => this.one(organisationOf(actor), id));
    if (state !== 'ready' || file === null)
      throw new DomainError(
        'organisation-export.not-ready',
        state === 'running'
          ? 'The export is not finished yet. Wait until its state is "ready".'
          : 'The file does not exist any more, or could not be written. Request a new export.',
        {},
        { kind: 'conflict' },
      );
    const opened = await this.files.stream(file);
    await this.database.inTransaction(actor, async () => {
      await this.database.query('UPDATE privacy.organisation_export SET downloaded_at = $2 WHERE id = $1', [
        id,
        this.clock.now(),
      ]);
      await this.audit.record(actor, {
        action: 'organisation-export.downloaded',
        subject: { kind: 'organisation-export', id },
      });
    });
    return opened;
  }

  /** Writes the file; safe to run twice. A failure is stored in the row. */
  async run(id: OrganisationExportId, side: 'vendor' | 'partner', organisationId: string): Promise<void> {
    const owner = ownerOf(side, organisationId);
    const [open] = await this.database.inTransaction(owner, () =>
      this.read(organisationId, 'AND id = $2 AND state = $3', id, 'running'),
    );
    if (open === undefined) return;
    const archive = new ExportArchive();
    const saving = this.files.receive(archive.output, AbortSignal.timeout(EXPORT_ORGANISATION.leaseMs));
    saving.catch((error: unknown) => archive.abort(error));
    try {
      await this.writer.write(owner, archive, async (partsDone, rows) => {
        await this.update(owner, id, 'parts_done = $2, row_count = $3', partsDone, rows);
      });
      archive.end();
      const file = await saving;
      const { stream, size } = await this.files.stream(file);
      stream.destroy();
      const expiresAt = new Date(this.clock.now().getTime() + KEPT_MS);
      const set = "state = 'ready', file = $2, bytes = $3, expires_at = $4";
      // An erasure has voided it meanwhile.
      if (!(await this.update(owner, id, set, file, size, expiresAt))) await this.files.remove(file);
    } catch (error) {
      this.logger.error('An export of an organisation could not be written.', error);
      await this.update(owner, id, "state = 'failed'");
    }
  }

  /**
   * Deletes files that have expired, and those that an erasure has voided.
   * @returns how many.
   */
  async deleteExpired(): Promise<number> {
    const expired = await this.database.inTransaction(EXPORTS, () =>
      this.database.query<{ file: string }>(
        `UPDATE privacy.organisation_export e SET state = 'expired', file = NULL FROM (
           SELECT id, file FROM privacy.organisation_export
           WHERE (state = 'ready' AND expires_at <= $1) OR (state <> 'ready' AND file IS NOT NULL) FOR UPDATE) old
         WHERE e.id = old.id RETURNING old.file`,
        [this.clock.now()],
      ),
    );
    for (const { file } of expired) await this.files.remove(file);
    // Files of runs that crashed.
    await this.files.sweep(new Date(Date.now() - 2 * KEPT_MS));
    return expired.length;
  }

  private async one(organisationId: string, id: OrganisationExportId): Promise<ExportRow> {
    const [found] = await this.read(organisationId, 'AND id = $2', id);
    if (found === undefined) throw notFound('organisation-export', id);
    return found;
  }

  private read(organisationId: string, condition = '', ...values: readonly unknown[]): Promise<ExportRow[]> {
    return this.database.query<ExportRow>(
      `SELECT ${COLUMNS} FROM privacy.organisation_export WHERE organisation_id = $1 ${condition}
       ORDER BY requested_at DESC LIMIT ${LISTED}`,
      [organisationId, ...values],
    );
  }

  /** @returns false if it does not run any more. */
  private async update(owner: Owner, id: OrganisationExportId, set: string, ...values: unknown[]): Promise<boolean> {
    const updated = await this.database.inTransaction(owner, () =>
      this.database.query(
        `UPDATE privacy.organisation_export SET ${set} WHERE id = $1 AND state = 'running' RETURNING id`,
        [id, ...values],
      ),
    );
    return updated.length > 0;
  }
}

const organisationOf = (actor: Owner): string => (actor.kind === 'vendor' ? actor.vendorId : actor.partnerId);

/** Not a process: its scope would see other organisations, too. */
function ownerOf(side: 'vendor' | 'partner', organisationId: string): Owner {
  const who = { role: 'owner', userId: null, apiKeyId: null, name: 'organisation-export' } as const;
  return side === 'vendor'
    ? { kind: 'vendor', vendorId: organisationId as VendorId, ...who }
    : { kind: 'partner', partnerId: organisationId as PartnerId, ...who };
}

function exportView(row: ExportRow): OrganisationExportView {
  const { id, requestedBy, state, partsDone, parts, rows, bytes } = row;
  return {
    id,
    requestedBy,
    requestedAt: row.requestedAt.toISOString(),
    state,
    partsDone,
    parts,
    rows,
    bytes,
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
}
