import { hostname } from 'node:os';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { AuditLog } from '#audit';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { Clock, type MessageId, type SystemActor } from '#kernel';
import { Halts } from './halts.service.js';
import { isAlive, ownerOf } from './process-life.js';
import { type ClaimCounter, ClaimCounterFiles } from './claim-counter-files.js';

interface InstanceRow {
  readonly epoch: number;
  readonly server: string;
  readonly uncertainUntil: Date | null;
  readonly here: string;
}

/** Whether this database is the one that sent last. */
export type DatabaseLineage =
  | { readonly kind: 'same'; readonly uncertainUntil: Date | null }
  /** Older than what was sent, or another server. Everything is halted. */
  | { readonly kind: 'restored' };

/** The result of a confirmation. */
export interface ConfirmedEpoch {
  /** Messages due until then may have been sent. */
  readonly uncertainUntil: Date;
  /** How many messages became unknown at once. */
  readonly unknown: number;
}

const INSTANCE = `SELECT i.epoch, i.server, i.uncertain_until, s.here
  FROM delivery.instance i, LATERAL (SELECT system_identifier || ' ' || current_database() AS here FROM pg_control_system()) s`;

/**
 * Detects a restored backup, whose due messages were already sent. Each
 * scheduler counts its claims in the database and on its own disk. A database
 * that counted fewer claims than a disk is an old one. Then everything is
 * halted until an operator confirms a new epoch, and messages that may have
 * been sent become unknown.
 */
@Injectable()
export class InstanceEpochs {
  private readonly logger = new Logger(InstanceEpochs.name);
  private readonly process = `${hostname()}_${process.pid}_${Date.now()}`;
  private readonly files: ClaimCounterFiles;
  private ownCount: { epoch: number; n: number } | null = null;
  /** Processes whose file was removed while their row still exists. */
  private removedCounters: readonly string[] = [];

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly halts: Halts,
    private readonly audit: AuditLog,
    @Inject(CONFIG) { JOURNAL_FOLDER }: Pick<Config, 'JOURNAL_FOLDER'>,
  ) {
    this.files = new ClaimCounterFiles(JOURNAL_FOLDER);
  }

  /**
   * Compares the counters, and halts everything if the database is an old one.
   * Call it in the transaction of a claim, before anything is claimed.
   */
  async verify(actor: SystemActor): Promise<DatabaseLineage> {
    const instance = await this.instance();
    const problem =
      this.ownCount === null
        ? await this.compareAtStart(instance)
        : await this.compareWhileRunning(instance, this.ownCount.n);
    if (problem === null) {
      if (this.ownCount?.epoch !== instance.epoch) this.ownCount = { epoch: instance.epoch, n: 0 };
      return { kind: 'same', uncertainUntil: instance.uncertainUntil };
    }
    const reason = `${problem} What was sent since the backup would go out again. See “A backup was restored” in docs/operations.md`;
    if (
      await this.halts.haltInTransaction(actor.name, { scope: 'everything', subjectId: null, cause: 'restore', reason })
    ) {
      await this.audit.record(actor, {
        action: 'sending.halted',
        subject: { kind: 'halt', id: 'everything' },
        details: { reason },
      });
      this.logger.error(reason);
    }
    return { kind: 'restored' };
  }

  /**
   * Counts a claim in its transaction. The file is written after the commit.
   */
  async countClaim(): Promise<void> {
    const { epoch, n } = this.ownCount ?? { epoch: 1, n: 0 };
    const next = n + 1;
    await this.database.query(
      `INSERT INTO delivery.claim_counter (process, claims, at) VALUES ($1, $2, now()) ON CONFLICT (process)
         DO UPDATE SET claims = greatest(claim_counter.claims, excluded.claims), at = excluded.at`,
      [this.process, next],
    );
    // The file goes first, then the row: a file without a row is what a
    // restored backup looks like.
    const { removedCounters } = this;
    if (removedCounters.length > 0)
      await this.database.query('DELETE FROM delivery.claim_counter WHERE process = ANY ($1)', [removedCounters]);
    this.database.afterCommit(() => {
      this.ownCount = { epoch, n: next };
      this.files.save({ process: this.process, epoch, claims: next });
      // From its first claim on, this process keeps a counter of its own.
      this.removedCounters = n === 0 ? this.removeDeadCounters() : [];
    });
  }

  /** @returns the processes whose files were removed. */
  private removeDeadCounters(): string[] {
    const dead = this.files.all().filter((counter) => counter.process !== this.process && isDead(counter));
    for (const { process } of dead) this.files.remove(process);
    return dead.map(({ process }) => process);
  }

  /**
   * An operator confirms that this database is the current one. Messages in
   * submission that were due until `until` become unknown at once, others when
   * they are claimed. Evidence decides unknown messages.
   * @param until when sending had finally stopped; at the latest now.
   */
  async confirm(actor: SystemActor, until: Date): Promise<ConfirmedEpoch> {
    return this.database.inTransaction(actor, async () => {
      const { here } = await this.instance();
      const now = this.clock.now();
      const uncertainUntil = until < now ? until : now;
      await this.database.query(
        'UPDATE delivery.instance SET epoch = epoch + 1, server = $1, uncertain_until = $2, confirmed_by = $3, confirmed_at = $4',
        [here, uncertainUntil, actor.name, now],
      );
      await this.database.query('DELETE FROM delivery.claim_counter');
      // A journal may know of an attempt that this database still has under
      // way, but of none after it. The new fence makes all journals void.
      await this.database.query('UPDATE delivery.message SET fence = fence + 1 WHERE unknown_since IS NOT NULL');
      const unknown = await this.database.query<{ id: MessageId }>(
        `UPDATE delivery.message SET ${MARK_UNKNOWN} WHERE (lease_until IS NOT NULL OR retry_at IS NOT NULL)
           AND coalesce(due_at, planned_at) <= $2 RETURNING id`,
        [now, uncertainUntil],
      );
      await this.halts.lift(actor, 'everything', null, ['restore']);
      await this.audit.record(actor, {
        action: 'epoch.confirmed',
        subject: { kind: 'instance', id: here },
        details: { uncertainUntil: uncertainUntil.toISOString(), unknown: unknown.length },
      });
      return { uncertainUntil, unknown: unknown.length };
    });
  }

  /**
   * leased → unknown for messages that may have been sent before a restore. In
   * the transaction that planned them.
   */
  async markUnknown(ids: readonly MessageId[]): Promise<void> {
    if (ids.length === 0) return;
    await this.database.query(`UPDATE delivery.message SET ${MARK_UNKNOWN} WHERE id = ANY ($2) AND state = 'leased'`, [
      this.clock.now(),
      ids,
    ]);
  }

  private async instance(): Promise<InstanceRow> {
    const read = (): Promise<InstanceRow[]> => this.database.query<InstanceRow>(INSTANCE);
    const [found] = await read();
    if (found !== undefined) return found;
    await this.database.query(
      `INSERT INTO delivery.instance (epoch, server) SELECT 1, system_identifier || ' ' || current_database() FROM pg_control_system() ON CONFLICT DO NOTHING`,
    );
    const [made] = await read();
    if (made === undefined) throw new Error('The row of this installation was not written.');
    return made;
  }

  /**
   * At the start of a process: compares the counters of all processes on this
   * disk.
   * @returns what is wrong, or null.
   */
  private async compareAtStart({ epoch, server, here }: InstanceRow): Promise<string | null> {
    if (server !== here) return 'The database was moved to another server, or restored on it.';
    const known = this.files.all();
    if (known.some((counter) => counter.epoch > epoch)) return OLDER_EPOCH;
    const current = known.filter((counter) => counter.epoch === epoch);
    const rows = await this.database.query<{ process: string; claims: string }>(
      'SELECT process, claims FROM delivery.claim_counter WHERE process = ANY ($1)',
      [current.map((counter) => counter.process)],
    );
    const counted = new Map(rows.map((row) => [row.process, Number(row.claims)]));
    const ahead = current.filter((counter) => (counted.get(counter.process) ?? 0) < counter.claims);
    // Another process may have removed a dead counter meanwhile: first its
    // file, then its row.
    const there = new Set(this.files.all().map(({ process }) => process));
    return ahead.some(({ process }) => there.has(process))
      ? 'The database has counted fewer claims than this scheduler’s disk: it is a restored backup.'
      : null;
  }

  /** While the process runs: compares its own counter. */
  private async compareWhileRunning({ epoch }: InstanceRow, n: number): Promise<string | null> {
    if (this.ownCount !== null && epoch > this.ownCount.epoch) return null;
    if (this.ownCount !== null && epoch < this.ownCount.epoch) return OLDER_EPOCH;
    const [row] = await this.database.query<{ claims: string }>(
      'SELECT claims FROM delivery.claim_counter WHERE process = $1',
      [this.process],
    );
    return Number(row?.claims ?? 0) < n
      ? 'The database has counted fewer claims than this scheduler: it is a restored backup.'
      : null;
  }
}

const OLDER_EPOCH = 'The database is of an epoch before the one that was confirmed.';

/**
 * `settled_at` is the due time, so that later steps of the sequence become
 * unknown in their turn.
 */
const MARK_UNKNOWN = `state = 'unknown', reason = 'restored', fence = fence + 1, lease_until = NULL,
  submit_until = NULL, retry_at = NULL, unknown_since = $1, settled_at = coalesce(due_at, planned_at)`;

/** The file name has the form of a journal's: machine, process id, time. */
function isDead({ process: name }: ClaimCounter): boolean {
  const owner = ownerOf(name);
  return owner?.machine === hostname() && !isAlive(owner.pid);
}
