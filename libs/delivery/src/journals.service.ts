import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { Counter } from 'prom-client';
import { CONFIG, type Config } from '#config';
import { isAlive } from './process-life.js';
import { LeaseSweeps } from './lease-sweeps.service.js';
import { RetryUntilWritten } from './retry-until-written.js';
import { type ReleasedClaim, SendJournal } from './send-journal.js';

const unwritten = new Counter({
  name: 'throughline_unwritten_tries_total',
  help: 'Times that PostgreSQL did not take what relays have answered; each is tried again until it does.',
});

/** The send journal of this process, and what dead processes of this machine left of theirs. */
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
   * Settles what dead processes left on this disk: before anything is sent, and with every sweep. The files go once the ledger has it.
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
   * Frees what was taken in hand and certainly not begun, when it is not known whether the ledger calls it handing_off. Tries until
   * PostgreSQL answers; where the process has to end before, the journal holds it for whoever comes next.
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
   * Writes what must not be lost because PostgreSQL is away: it stands in memory and in the journal until then.
   * @param what waits, for the log. @returns null when the process had to end before: then the journal tells at the next start.
   */
  async retryUntilWritten<T>(what: string, work: () => Promise<T>): Promise<T | null> {
    return this.patience.run(work, (error) => {
      unwritten.inc();
      this.logger.warn(`${what} wait for PostgreSQL: ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  /** Before what is in hand is waited for, which may wait for this. */
  onModuleDestroy(): void {
    this.patience.stopSoon();
  }

  onApplicationShutdown(): void {
    this.opened?.close();
    this.opened = null;
  }
}
