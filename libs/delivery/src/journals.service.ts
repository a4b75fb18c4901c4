import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { Counter } from 'prom-client';
import { CONFIG, type Config } from '#config';
import { messageOf } from '#kernel';
import { isAlive } from './process-life.js';
import { LeaseSweeps } from './lease-sweeps.service.js';
import { RetryUntilWritten } from './retry-until-written.js';
import { type ReleasedClaim, SendJournal } from './send-journal.js';

const unwritten = new Counter({
  name: 'throughline_unwritten_tries_total',
  help: 'Times that PostgreSQL did not take what relays have answered; each is tried again until it does.',
});

/**
 * The send journal of this process, and the recovery of journals of dead
 * processes on this machine.
 */
@Injectable()
export class Journals implements OnModuleDestroy, OnApplicationShutdown {
  private readonly logger = new Logger(Journals.name);
  private readonly patience = new RetryUntilWritten({ nowMs: () => performance.now(), pause });
  private opened: SendJournal | null = null;

  constructor(
    private readonly sweeps: LeaseSweeps,
    @Inject(CONFIG) private readonly config: Pick<Config, 'JOURNAL_FOLDER'>,
  ) {}

  get own(): SendJournal {
    return (this.opened ??= new SendJournal(this.config.JOURNAL_FOLDER));
  }

  /**
   * Settles what dead processes left on this disk. Runs before anything is sent
   * and with every sweep. The files are deleted after the ledger has their
   * content.
   * @returns whether there was anything.
   */
  async recover(): Promise<boolean> {
    const left = SendJournal.readAbandoned(this.config.JOURNAL_FOLDER, isAlive, this.opened);
    if (left.claimed.length > 0) {
      await this.sweeps.recover(left);
      this.logger.log(
        `A process that is gone had ${left.claimed.length} messages in hand: ${left.accepted.length} were accepted, ${left.started.length} may have gone out.`,
      );
    }
    left.forget();
    return left.claimed.length > 0;
  }

  /**
   * Frees messages that were claimed and certainly not started, if it is
   * unknown whether the ledger calls them `releasing`. Retries until PostgreSQL
   * answers. If the process must end first, the journal keeps them for the next
   * start.
   */
  async releaseClaims(claims: readonly ReleasedClaim[]): Promise<void> {
    if (claims.length === 0) return;
    const isDone = await this.retryUntilWritten(`${claims.length} messages in hand`, async () => {
      await this.sweeps.recover({ claimed: claims, started: [], accepted: [] });
      return true;
    });
    if (isDone === true) this.own.markSettled(claims);
  }

  /**
   * Writes what must not be lost while PostgreSQL is down. Until then it is in
   * memory and in the journal.
   * @param what describes the data, for the log.
   * @returns null if the process had to end first; then the next start reads it
   *   from the journal.
   */
  async retryUntilWritten<T>(what: string, work: () => Promise<T>): Promise<T | null> {
    return this.patience.run(work, (error) => {
      unwritten.inc();
      this.logger.warn(`${what} wait for PostgreSQL: ${messageOf(error)}`);
    });
  }

  /**
   * Before the process waits for released messages, which may wait for this.
   */
  onModuleDestroy(): void {
    this.patience.stopSoon();
  }

  onApplicationShutdown(): void {
    this.opened?.close();
    this.opened = null;
  }
}
