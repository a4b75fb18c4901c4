import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Clock, type PartnerId, type SystemActor, systemActor, type VendorId } from '#kernel';
import { lastDayBefore, Organisations } from '#organisations';
import { OrganisationData } from './organisation-data.service.js';
import { DeletionEnds } from './deletion-ends.service.js';
import { DeletionMail } from './deletion-mail.service.js';
import {
  type OrganisationDeletion,
  type OrganisationDeletionId,
  OrganisationDeletions,
} from './organisation-deletions.service.js';

/** Carries out what was asked for: announcements, their withdrawal, the deletion. Each is safe to repeat. */
@Injectable()
export class OrganisationEraser {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly organisations: Organisations,
    private readonly data: OrganisationData,
    private readonly deletions: OrganisationDeletions,
    private readonly ends: DeletionEnds,
    private readonly mail: DeletionMail,
  ) {}

  /** What follows from the state of a deletion: announcements, their withdrawal, or the deletion. */
  async carryOut(id: OrganisationDeletionId): Promise<void> {
    const deletion = await this.deletions.get(id);
    if (deletion === null || deletion.finishedAt !== null) return;
    if (deletion.withdrawnAt !== null) await this.takeBack(deletion);
    else if (deletion.startedAt === null) await this.announce(deletion);
    else await this.erase(deletion);
  }

  private async announce(deletion: OrganisationDeletion): Promise<void> {
    await this.ends.announce(deletion);
    // Of thousands of partners, it may have been withdrawn meanwhile.
    const now = await this.deletions.get(deletion.id);
    if (now !== null && now.withdrawnAt !== null) await this.takeBack(now);
  }

  private async takeBack(deletion: OrganisationDeletion): Promise<void> {
    await this.ends.takeBack(deletion);
    // One that was asked for meanwhile has found these ends, and skipped them.
    const next = await this.deletions.open(deletion.organisationId);
    if (next !== null && next.startedAt === null) await this.announce(next);
  }

  private async erase(deletion: OrganisationDeletion): Promise<void> {
    const { side, organisationId } = deletion;
    const actor = processFor(deletion);
    await this.ends.endAll(deletion);
    if (side === 'vendor') await this.data.revokeDisclosures(organisationId as VendorId);
    await this.data.erase(actor, deletion);
    await this.database.inTransaction(actor, () => this.deleteTeam(actor, deletion));
    // Its people and keys could write until now.
    for (let erased = 1; erased > 0;) erased = await this.data.erase(actor, deletion);
    await this.database.inTransaction(actor, () => this.finish(actor, deletion));
  }

  /**
   * After the data: its owners can still ask about an error before. They are told
   * once: when it is repeated, there are none.
   */
  private async deleteTeam(actor: SystemActor, deletion: OrganisationDeletion): Promise<void> {
    const { id, organisationId, requestedBy, dueAt } = deletion;
    if (!(await this.lockOpen(id))) return;
    const { name } = await this.organisations.get(actor, organisationId);
    await this.mail.post(actor, organisationId, {
      kind: 'done',
      organisation: name,
      person: requestedBy,
      lastDay: lastDayBefore(dueAt),
    });
    await this.database.query('SELECT privacy.delete_team($1)', [organisationId]);
  }

  private async finish(actor: SystemActor, { id, organisationId }: OrganisationDeletion): Promise<void> {
    if (!(await this.lockOpen(id))) return;
    await this.organisations.recordDeletion(organisationId);
    await this.audit.record(actor, {
      action: 'organisation.deleted',
      subject: { kind: 'organisation', id: organisationId },
    });
    await this.database.query('UPDATE privacy.organisation_deletion SET finished_at = $2 WHERE id = $1', [
      id,
      this.clock.now(),
    ]);
  }

  /** Locks it against another process. @returns false: it is finished. */
  private async lockOpen(id: OrganisationDeletionId): Promise<boolean> {
    await this.database.lock(`organisation deletion ${id}`);
    const open = await this.database.query(
      'SELECT 1 FROM privacy.organisation_deletion WHERE id = $1 AND finished_at IS NULL',
      [id],
    );
    return open.length > 0;
  }
}

const processFor = ({ side, organisationId }: OrganisationDeletion): SystemActor =>
  systemActor(
    'organisation-deletion',
    side === 'vendor' ? { vendorId: organisationId as VendorId } : { partnerId: organisationId as PartnerId },
  );
