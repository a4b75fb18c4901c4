import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { isAlive } from './process-life.js';
import { LeaseSweeps } from './lease-sweeps.service.js';
import { type Claim, SendJournal } from './send-journal.js';

const GIVE_BACK_FOR_MS = 10 * 60_000;

/** The send journal of this process, and what dead processes of this machine left of theirs. */
@Injectable()
export class Journals implements OnApplicationShutdown {
  private readonly logger = new Logger(Journals.name);
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
    const left = SendJournal.left(this.config.JOURNAL_FOLDER, isAlive, this.opened);
    if (left.mine.length > 0) {
      await this.sweeps.recover(left);
      this.logger.log(
        `A process that is gone had ${left.mine.length} messages in hand: ${left.accepted.length} were accepted, ${left.begun.length} may have gone out.`,
      );
    }
    left.forget();
    return left.mine.length > 0;
  }

  /**
   * Frees what was taken in hand and certainly not begun, when it is not known whether the ledger calls it handing_off. Tries until
   * PostgreSQL answers, ten minutes at most; the journal holds it for whoever comes next.
   */
  async giveBack(claims: readonly Claim[]): Promise<void> {
    if (claims.length === 0) return;
    const untilMs = performance.now() + GIVE_BACK_FOR_MS;
    for (let waitMs = 100; performance.now() < untilMs; waitMs = Math.min(waitMs * 2, 5_000)) {
      try {
        await this.sweeps.recover({ mine: claims, begun: [], accepted: [] });
        this.own.settled(claims.map(({ id }) => id));
        return;
      } catch (error) {
        this.logger.warn(`${claims.length} messages in hand wait for PostgreSQL: ${String(error)}`);
        await pause(waitMs);
      }
    }
  }

  onApplicationShutdown(): void {
    this.opened?.close();
    this.opened = null;
  }
}
