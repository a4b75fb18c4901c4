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
  /** Older than what was sent, or another server: everything is halted by now. */
  | { readonly kind: 'restored' };

/** What an operator's word has changed. */
export interface ConfirmedEpoch {
  /** What was due until then may have been sent. */
  readonly uncertainUntil: Date;
  /** How many messages became unknown at once. */
  readonly unknown: number;
}

const INSTANCE = `SELECT i.epoch, i.server, i.doubt_until AS "uncertainUntil", s.here
  FROM delivery.instance i, LATERAL (SELECT system_identifier || ' ' || current_database() AS here FROM pg_control_system()) s`;

/**
 * Notices that a backup was restored: what was sent since it was taken is due in it once more. Each scheduler counts its claims in the
 * database and on its own disk; a database that has counted less than a disk is an old one. Then nothing is sent until an operator
 * confirms the new epoch, and what may have been sent becomes unknown.
 */
@Injectable()
export class InstanceEpochs {
  private readonly logger = new Logger(InstanceEpochs.name);
  private readonly process = `${hostname()}_${process.pid}_${Date.now()}`;
  private readonly files: ClaimCounterFiles;
  private own: { epoch: number; n: number } | null = null;
  /** Processes whose file is gone while their row is there still. */
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

  /** Compares, and halts everything when the database is an old one. In the open transaction of a claim, before it takes anything. */
  async verify(actor: SystemActor): Promise<DatabaseLineage> {
    const instance = await this.instance();
    const markUnknown =
      this.own === null ? await this.compareAtStart(instance) : await this.compareWhileRunning(instance, this.own.n);
    if (markUnknown === null) {
      if (this.own?.epoch !== instance.epoch) this.own = { epoch: instance.epoch, n: 0 };
      return { kind: 'same', uncertainUntil: instance.uncertainUntil };
    }
    const reason = `${markUnknown} What was sent since the backup would go out again. See “A backup was restored” in docs/operations.md`;
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

  /** Counts a claim, in its transaction; the disk has it once the database has. */
  async countClaim(): Promise<void> {
    const { epoch, n } = this.own ?? { epoch: 1, n: 0 };
    const next = n + 1;
    await this.database.query(
      `INSERT INTO delivery.pulse (process, n, at) VALUES ($1, $2, now()) ON CONFLICT (process) DO UPDATE SET n = greatest(pulse.n, excluded.n), at = excluded.at`,
      [this.process, next],
    );
    // A row goes after its file: a disk that knows of claims which no row counts is what a restored backup looks like.
    const { removedCounters } = this;
    if (removedCounters.length > 0)
      await this.database.query('DELETE FROM delivery.pulse WHERE process = ANY ($1)', [removedCounters]);
    this.database.afterCommit(() => {
      this.own = { epoch, n: next };
      this.files.save({ process: this.process, epoch, claims: next });
      // From the first claim on this process bears witness itself.
      this.removedCounters = n === 0 ? this.removeDeadCounters() : [];
    });
  }

  /** @returns whose files were removed. */
  private removeDeadCounters(): string[] {
    const dead = this.files.all().filter((counter) => counter.process !== this.process && isDead(counter));
    for (const { process } of dead) this.files.remove(process);
    return dead.map(({ process }) => process);
  }

  /**
   * An operator says that this database goes on. What was due until a moment may have been sent before the restore: messages under way become unknown
   * at once, others as they are met. Unknown ones are settled by evidence, as always, and not repeated without.
   * @param until when sending had stopped for good; the moment of this call at the latest.
   */
  async confirm(actor: SystemActor, until: Date): Promise<ConfirmedEpoch> {
    return this.database.inTransaction(actor, async () => {
      const { here } = await this.instance();
      const now = this.clock.now();
      const uncertainUntil = until < now ? until : now;
      await this.database.query(
        'UPDATE delivery.instance SET epoch = epoch + 1, server = $1, doubt_until = $2, confirmed_by = $3, confirmed_at = $4',
        [here, uncertainUntil, actor.name, now],
      );
      await this.database.query('DELETE FROM delivery.pulse');
      // A journal may tell of a try that this database still has in hand, and of none that came after it: nobody's word about it counts.
      await this.database.query('UPDATE delivery.message SET fence = fence + 1 WHERE unknown_since IS NOT NULL');
      const doubted = await this.database.query<{ id: MessageId }>(
        `UPDATE delivery.message SET ${DOUBTED} WHERE (lease_until IS NOT NULL OR retry_at IS NOT NULL) AND coalesce(due_at, planned_at) <= $2 RETURNING id`,
        [now, uncertainUntil],
      );
      await this.halts.lift(actor, 'everything', null, ['restore']);
      await this.audit.record(actor, {
        action: 'epoch.confirmed',
        subject: { kind: 'instance', id: here },
        details: { uncertainUntil: uncertainUntil.toISOString(), unknown: doubted.length },
      });
      return { uncertainUntil, unknown: doubted.length };
    });
  }

  /** leased → unknown for what may have been sent before a restore, in the open transaction that planned it. */
  async doubt(ids: readonly MessageId[]): Promise<void> {
    if (ids.length === 0) return;
    await this.database.query(`UPDATE delivery.message SET ${DOUBTED} WHERE id = ANY ($2) AND state = 'leased'`, [
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

  /** At the start of a process: what all processes of this disk knew. @returns what is wrong, or null. */
  private async compareAtStart({ epoch, server, here }: InstanceRow): Promise<string | null> {
    if (server !== here) return 'The database was moved to another server, or restored on it.';
    const known = this.files.all();
    if (known.some((counter) => counter.epoch > epoch)) return OLDER_EPOCH;
    const current = known.filter((counter) => counter.epoch === epoch);
    const rows = await this.database.query<{ process: string; n: string }>(
      'SELECT process, n FROM delivery.pulse WHERE process = ANY ($1)',
      [current.map((counter) => counter.process)],
    );
    const counted = new Map(rows.map((row) => [row.process, Number(row.n)]));
    const ahead = current.filter((counter) => (counted.get(counter.process) ?? 0) < counter.claims);
    // Another process may have removedCounters a dead one meanwhile: its file, then its row.
    const there = new Set(this.files.all().map(({ process }) => process));
    return ahead.some(({ process }) => there.has(process))
      ? 'The database has counted fewer claims than this scheduler’s disk: it is a restored backup.'
      : null;
  }

  /** While a process runs: what it knows itself. */
  private async compareWhileRunning({ epoch }: InstanceRow, n: number): Promise<string | null> {
    if (this.own !== null && epoch > this.own.epoch) return null;
    if (this.own !== null && epoch < this.own.epoch) return OLDER_EPOCH;
    const [row] = await this.database.query<{ n: string }>('SELECT n FROM delivery.pulse WHERE process = $1', [
      this.process,
    ]);
    return Number(row?.n ?? 0) < n
      ? 'The database has counted fewer claims than this scheduler: it is a restored backup.'
      : null;
  }
}

const OLDER_EPOCH = 'The database is of an epoch before the one that was confirmed.';

/** It counts from its own due moment, so that what follows on it in the sequence is doubted in its turn. */
const DOUBTED = `state = 'unknown', reason = 'restored', fence = fence + 1, lease_until = NULL, hand_over_until = NULL, retry_at = NULL, unknown_since = $1, settled_at = coalesce(due_at, planned_at)`;

/** Its file is named as its journal is: machine, process, moment. */
function isDead({ process: name }: ClaimCounter): boolean {
  const owner = ownerOf(name);
  return owner?.machine === hostname() && !isAlive(owner.pid);
}
