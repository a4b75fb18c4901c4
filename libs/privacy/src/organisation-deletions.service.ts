import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { OrganisationDeletionView } from '#contracts';
import { Database, isUniqueViolation } from '#database';
import { Jobs } from '#jobs';
import {
  Clock,
  DAY_MS,
  DomainError,
  type Id,
  newId,
  type OrganisationId,
  type PartnerActor,
  systemActor,
  type VendorActor,
} from '#kernel';
import { lastDayBefore, Organisations } from '#organisations';
import { DeletionMail } from './deletion-mail.service.js';
import { deletionTime, EXPORT_AGE_DAYS, isTypedName, type Side, WAITING_DAYS } from './organisation-deletion.js';
import { DELETE_ORGANISATION } from './privacy.jobs.js';

export type OrganisationDeletionId = Id<'organisation-deletion'>;
type Owner = VendorActor | PartnerActor;

/** A deletion that was asked for. */
export interface OrganisationDeletion {
  readonly id: OrganisationDeletionId;
  readonly organisationId: OrganisationId;
  readonly side: Side;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly reason: string;
  readonly dueAt: Date;
  readonly withdrawnAt: Date | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

const DELETIONS = systemActor('organisation-deletions');
const COLUMNS =
  'id, organisation_id, side, requested_by, requested_at, reason, due_at, withdrawn_at, started_at, finished_at';
/** A job that has deleted nothing for so long has died: it is enqueued again. A page takes a second. */
const DEAD_AFTER_MS = 5 * 60_000;

/** Requests of owners to delete their organisation, and their withdrawal. */
@Injectable()
export class OrganisationDeletions {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly organisations: Organisations,
    private readonly mail: DeletionMail,
  ) {}

  /** What is asked for now, and whether it could be. */
  async status(actor: Owner): Promise<OrganisationDeletionView> {
    return this.database.inTransaction(actor, async () => {
      const [open] = await this.read(organisationOf(actor));
      const { lastDownloadAt } = await this.lastDownload(actor);
      return {
        requested:
          open === undefined
            ? null
            : {
                by: open.requestedBy,
                at: open.requestedAt.toISOString(),
                reason: open.reason,
                lastDay: lastDayBefore(open.dueAt),
                hasBegun: open.startedAt !== null,
              },
        exportedAt: lastDownloadAt?.toISOString() ?? null,
        waitingDays: WAITING_DAYS[actor.kind],
      };
    });
  }

  /**
   * Asks to delete the organisation after the waiting period. Its partnerships
   * end on the same day; both sides see it at once.
   * @param name of the organisation, as the person typed it.
   * @throws DomainError `organisation-deletion.name`,
   *   `organisation-deletion.export-missing`, `organisation-deletion.requested`.
   */
  async request(actor: Owner, { name, reason }: { name: string; reason: string }): Promise<OrganisationDeletionView> {
    const organisationId = organisationOf(actor);
    const organisation = await this.organisations.get(actor, organisationId);
    if (!isTypedName(name, organisation.name))
      throw new DomainError(
        'organisation-deletion.name',
        `Type the name of your organisation, "${organisation.name}", to confirm that it is this one.`,
        { field: 'name' },
      );
    await this.requireExport(actor);
    const dueAt = deletionTime(actor.kind, this.clock.now());
    const id = newId<OrganisationDeletionId>();
    await this.database.inTransaction(actor, async () => {
      await this.insert(actor, id, { dueAt, reason });
      await this.audit.record(actor, {
        action: 'organisation-deletion.requested',
        subject: { kind: 'organisation', id: organisationId },
        details: { reason, lastDay: lastDayBefore(dueAt) },
      });
      await this.mail.post(actor, organisationId, {
        kind: 'requested',
        organisation: organisation.name,
        person: actor.name,
        lastDay: lastDayBefore(dueAt),
      });
      await this.jobs.enqueue(DELETE_ORGANISATION, { deletionId: id });
    });
    return this.status(actor);
  }

  /**
   * Withdraws it. Ends of partnerships that it had announced are taken back; what
   * others have ended stays ended.
   * @throws DomainError `organisation-deletion.not-requested`,
   *   `organisation-deletion.begun`.
   */
  async withdraw(actor: Owner): Promise<void> {
    const organisationId = organisationOf(actor);
    const { name } = await this.organisations.get(actor, organisationId);
    await this.database.inTransaction(actor, async () => {
      const [open] = await this.read(organisationId, 'FOR UPDATE');
      if (open === undefined)
        throw new DomainError(
          'organisation-deletion.not-requested',
          'Nobody has asked to delete your organisation, so there is nothing to withdraw.',
          {},
          { kind: 'conflict' },
        );
      if (open.startedAt !== null || open.dueAt <= this.clock.now())
        throw new DomainError(
          'organisation-deletion.begun',
          `The last day to withdraw the deletion was ${lastDayBefore(open.dueAt)}. Your data is being deleted. Ask the operator whether a backup still has it.`,
          {},
          { kind: 'conflict' },
        );
      await this.database.query(
        'UPDATE privacy.organisation_deletion SET withdrawn_by = $2, withdrawn_at = $3 WHERE id = $1',
        [open.id, actor.name, this.clock.now()],
      );
      await this.audit.record(actor, {
        action: 'organisation-deletion.withdrawn',
        subject: { kind: 'organisation', id: organisationId },
      });
      const news = { kind: 'withdrawn', organisation: name, person: actor.name } as const;
      await this.mail.post(actor, organisationId, { ...news, lastDay: lastDayBefore(open.dueAt) });
      await this.jobs.enqueue(DELETE_ORGANISATION, { deletionId: open.id });
    });
  }

  /** For the job. */
  async get(id: OrganisationDeletionId): Promise<OrganisationDeletion | null> {
    const [found] = await this.database.inTransaction(DELETIONS, () =>
      this.database.query<OrganisationDeletion>(`SELECT ${COLUMNS} FROM privacy.organisation_deletion WHERE id = $1`, [
        id,
      ]),
    );
    return found ?? null;
  }

  /** The one that was asked for and not withdrawn; null: none. For the job. */
  async open(organisationId: OrganisationId): Promise<OrganisationDeletion | null> {
    const [found] = await this.database.inTransaction(DELETIONS, () => this.read(organisationId));
    return found ?? null;
  }

  /** Begins those whose day has come, and again those that did not finish. */
  async beginDue(): Promise<void> {
    const now = this.clock.now();
    await this.database.inTransaction(DELETIONS, async () => {
      const due = await this.database.query<{ id: OrganisationDeletionId }>(
        `UPDATE privacy.organisation_deletion SET started_at = coalesce(started_at, $1), active_at = $1
         WHERE withdrawn_at IS NULL AND finished_at IS NULL AND due_at <= $1 AND (active_at IS NULL OR active_at <= $2)
         RETURNING id`,
        [now, new Date(now.getTime() - DEAD_AFTER_MS)],
      );
      for (const { id } of due) await this.jobs.enqueue(DELETE_ORGANISATION, { deletionId: id });
    });
  }

  /** @throws DomainError `organisation-deletion.export-missing`. */
  private async requireExport(actor: Owner): Promise<void> {
    const { lastDownloadAt } = await this.database.inTransaction(actor, () => this.lastDownload(actor));
    if (lastDownloadAt !== null) return;
    throw new DomainError(
      'organisation-deletion.export-missing',
      `Nobody has downloaded a complete export of your organisation in the last ${EXPORT_AGE_DAYS} days. Export everything under Account, download the file, and ask again.`,
      { days: EXPORT_AGE_DAYS },
      { kind: 'conflict' },
    );
  }

  private async lastDownload(actor: Owner): Promise<{ lastDownloadAt: Date | null }> {
    const since = new Date(this.clock.now().getTime() - EXPORT_AGE_DAYS * DAY_MS);
    const [row] = await this.database.query<{ lastDownloadAt: Date | null }>(
      `SELECT max(downloaded_at) AS last_download_at FROM privacy.organisation_export
       WHERE organisation_id = $1 AND requested_at >= $2`,
      [organisationOf(actor), since],
    );
    return row ?? { lastDownloadAt: null };
  }

  private async insert(
    actor: Owner,
    id: OrganisationDeletionId,
    { dueAt, reason }: { dueAt: Date; reason: string },
  ): Promise<void> {
    try {
      await this.database.query(
        `INSERT INTO privacy.organisation_deletion (id, organisation_id, side, requested_by, requested_at, reason, due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [id, organisationOf(actor), actor.kind, actor.name, this.clock.now(), reason, dueAt],
      );
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new DomainError(
        'organisation-deletion.requested',
        'The deletion of your organisation was asked for already. Withdraw it first to ask anew.',
        {},
        { kind: 'conflict' },
      );
    }
  }

  private read(organisationId: OrganisationId, lock: '' | 'FOR UPDATE' = ''): Promise<OrganisationDeletion[]> {
    return this.database.query<OrganisationDeletion>(
      `SELECT ${COLUMNS} FROM privacy.organisation_deletion WHERE organisation_id = $1 AND withdrawn_at IS NULL ${lock}`,
      [organisationId],
    );
  }
}

const organisationOf = (actor: Owner): OrganisationId => (actor.kind === 'vendor' ? actor.vendorId : actor.partnerId);
