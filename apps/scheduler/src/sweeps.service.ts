import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { LeaseSweeps, Ledger } from '#delivery';
import { systemActor } from '#kernel';
import { DueQueue, StepOutcomes, Submission, UnknownResolutions } from '#sequences';

const swept = new Gauge({
  name: 'throughline_swept_messages',
  help: 'Messages that the last sweep freed or marked unknown.',
  labelNames: ['to'],
});
const SWEEP = systemActor('scheduler');

/**
 * Finds unfinished work of processes that died, and changes that no event
 * reported.
 */
@Injectable()
export class Sweeps implements OnApplicationBootstrap {
  private readonly logger = new Logger(Sweeps.name);

  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly sweeps: LeaseSweeps,
    private readonly submission: Submission,
    private readonly outcomes: StepOutcomes,
    private readonly resolutions: UnknownResolutions,
    private readonly queue: DueQueue,
    @Inject(CONFIG) private readonly config: Pick<Config, 'UNKNOWN_CLOSE_DAYS'>,
  ) {}

  /** Milliseconds between two sweeps of leases. */
  get leasePauseMs(): number {
    return this.ledger.times.sweepMs;
  }

  /**
   * Every sweep recovers journals: a start must not fail because another
   * process locks the same rows.
   */
  async onApplicationBootstrap(): Promise<void> {
    await this.submission.recover().catch((error: unknown) => {
      this.logger.warn(`Journals of dead processes are read again with the next sweep: ${String(error)}`);
    });
  }

  /**
   * Journals before leases: a journal knows what an expired lease leaves
   * unknown.
   */
  async sweepLeases(): Promise<void> {
    await this.submission.recover();
    const { planned, unknown } = await this.sweeps.sweep();
    swept.set({ to: 'planned' }, planned);
    swept.set({ to: 'unknown' }, unknown);
    await this.outcomes.catchUp();
  }

  /**
   * Ends of activations, due moments behind a watermark, unknown messages by
   * policy.
   */
  async sweepQueues(): Promise<void> {
    await this.each({
      'completing activations': () => this.outcomes.completeAllEnded(),
      'sweeping the due queue': () => this.database.inTransaction(SWEEP, () => this.queue.sweep()),
      'deciding unknown messages': () => this.resolutions.applyPolicies(SWEEP, this.config.UNKNOWN_CLOSE_DAYS),
    });
  }

  /**
   * Runs independent sweeps one after the other. A failure does not prevent the
   * next one.
   */
  private async each(sweeps: Readonly<Record<string, () => Promise<unknown>>>): Promise<void> {
    for (const [name, sweep] of Object.entries(sweeps))
      try {
        await sweep();
      } catch (error) {
        this.logger.error(`A sweep failed (${name}); it runs again.`, error);
      }
  }
}
