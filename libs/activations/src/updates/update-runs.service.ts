import { Injectable, Logger } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Clock, systemActor, type VendorActor } from '#kernel';
import { StopForVersions } from './stop-for-versions.service.js';
import { StopRules } from './stop-rules.service.js';
import { TakeOvers } from './take-overs.service.js';
import { UpdateMail } from './update-mail.service.js';
import { type ActivationUpdate, nextShareAt, type VersionUpdate } from './version-update.js';
import { type Held, VersionUpdatesRepository } from './version-updates.repository.js';

const UPDATES = systemActor('updates');
/** Activations of one round. Each has its own transaction. */
const PAGE = 20;

/** Begins the shares of updates, and updates one activation after the other. */
@Injectable()
export class UpdateRuns {
  private readonly logger = new Logger(UpdateRuns.name);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly rules: StopRules,
    private readonly rows: VersionUpdatesRepository,
    private readonly takeOvers: TakeOvers,
    private readonly stops: StopForVersions,
    private readonly mail: UpdateMail,
  ) {}

  /**
   * One round, in any number of processes: an activation that two of them take
   * is updated once. What a process that died has left is found again.
   * @returns whether there may be more.
   */
  async runDue(): Promise<boolean> {
    for (const update of await this.database.inTransaction(UPDATES, () => this.rows.unfinished()))
      await this.reportingFailure('The next share of an update could not begin', () => this.beginShare(update));
    const rows = await this.database.inTransaction(UPDATES, () => this.rows.toDo(PAGE));
    let done = 0;
    for (const row of rows)
      if (await this.reportingFailure('An activation could not be updated', () => this.work(row))) done++;
    return done === PAGE;
  }

  private async work(row: ActivationUpdate): Promise<void> {
    if (row.state === 'returns') return this.takeOvers.rollBack(row);
    const stop = await this.stops.stopOf(row);
    return stop === null ? this.takeOvers.takeOver(row) : this.stops.stop(row, stop);
  }

  private async beginShare(seen: VersionUpdate): Promise<void> {
    const now = this.clock.now();
    const at = nextShareAt(seen);
    if (at === null || at > now) return;
    const { reason, stopped } = await this.rules.stateOf(seen);
    if (reason !== null) return this.hold(seen, { at: now, stopped, reason });
    await this.database.inTransaction(UPDATES, async () => {
      const update = await this.rows.lock(seen.id);
      if (update.begun !== seen.begun || update.rolledBackAt !== null || update.heldAt !== null) return;
      const { begun, shares } = update;
      await this.rows.markBegun(update.id, begun + 1, now);
      await this.record(update, 'version-update.share-begun', { percent: shares[begun] });
    });
  }

  /** In the scope of its vendor, whose team is told. */
  private async hold(seen: VersionUpdate, held: Held): Promise<void> {
    const decider = deciderOf(seen);
    await this.database.inTransaction(decider, async () => {
      const update = await this.rows.lock(seen.id);
      if (update.begun !== seen.begun || update.rolledBackAt !== null || update.heldAt !== null) return;
      await this.rows.setHeld(update.id, held);
      await this.record(update, 'version-update.held', { reason: held.reason, count: held.stopped });
      await this.mail.postHeld(decider, update, held);
    });
  }

  /** A failure is logged and tried again; the others continue. */
  private async reportingFailure(what: string, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.logger.error(`${what}; it is tried again.`, error);
      return false;
    }
  }

  private async record(
    update: VersionUpdate,
    action: `version-update.${string}`,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const { versionId: id, versionNumber: number } = update;
    await this.audit.record(deciderOf(update), {
      action,
      subject: { kind: 'campaign-version', id },
      details: { number, ...details },
    });
  }
}

/** What was decided happens in the name of who decided it. */
const deciderOf = ({ vendorId, decidedBy }: VersionUpdate): VendorActor => ({
  kind: 'vendor',
  vendorId,
  role: 'marketer',
  userId: null,
  apiKeyId: null,
  name: decidedBy,
});
