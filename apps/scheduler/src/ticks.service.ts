import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { CONFIG, type Config } from '#config';
import { Database, PostgresNotifications } from '#database';
import { HaltNotifications, LeaseSweeps, Ledger } from '#delivery';
import { Jobs, DeadLetters, Ticker } from '#jobs';
import { systemActor } from '#kernel';
import {
  DueQueue,
  SendingOperations,
  StepClaims,
  StepOutcomes,
  Submission,
  SequenceInbox,
  INBOX_CHANNEL,
} from '#sequences';

const swept = new Gauge({
  name: 'throughline_swept_messages',
  help: 'Messages that the last sweep freed or marked unknown.',
  labelNames: ['to'],
});

const gauge = (name: string, help: string): Gauge => new Gauge({ name: `throughline_${name}`, help });
const open = new Gauge({
  name: 'throughline_open_messages',
  help: 'Messages without an outcome, by state; unknown ones wait for evidence.',
  labelNames: ['state'],
});
const backlog = gauge('due_backlog', 'Enrolments that are due and not claimed, up to 100,000.');
const oldestDue = gauge('oldest_due_seconds', 'How long the first of them has been due: the lateness to come.');
const lateInboxItems = gauge('late_inbox_items', 'What came back and has moved nobody for longer than five seconds.');
const stuck = gauge(
  'overdue_steps',
  'Steps without an outcome for longer than an hour that wait for no moment that somebody has set.',
);
const deadLetters = gauge('dead_letters', 'Dead-lettered jobs, which wait for an operator.');
const snapshotAge = gauge(
  'oldest_snapshot_age',
  'Transactions since the oldest snapshot in PostgreSQL: an old one slows claims.',
);

const [CLAIMS, TURNS] = ['claim due steps', 'take turns'];
const TICK = systemActor('scheduler');

/** What repeats: all of it is safe in every scheduler at once. */
@Injectable()
export class Ticks implements OnApplicationBootstrap {
  private readonly logger = new Logger(Ticks.name);

  // More parameters than elsewhere: here stands all that happens by itself.
  constructor(
    private readonly ticker: Ticker,
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly claims: StepClaims,
    private readonly queue: DueQueue,
    private readonly ledger: Ledger,
    private readonly sweeps: LeaseSweeps,
    private readonly submission: Submission,
    private readonly outcomes: StepOutcomes,
    private readonly operations: SendingOperations,
    private readonly inbox: SequenceInbox,
    private readonly notifications: PostgresNotifications,
    private readonly news: HaltNotifications,
    private readonly deadLetterJobs: DeadLetters,
    @Inject(CONFIG) private readonly config: Pick<Config, 'UNKNOWN_CLOSE_DAYS'>,
  ) {}

  onApplicationBootstrap(): void {
    this.ticker.loop(CLAIMS, 250, () => this.claim());
    this.ticker.loop(TURNS, 250, () => this.takeTurns());
    this.news.listen();
    this.notifications.on(INBOX_CHANNEL, () => this.ticker.wake(TURNS));
    this.ticker.loop('relay the outbox', 1000, async () => (await this.jobs.relay()) > 0);
    this.ticker.loop('conclude activations', 1000, async () => {
      await this.outcomes.completeEnded();
      return false;
    });
    this.ticker.loop('sweep leases', this.ledger.times.sweepMs, () => this.sweepLeases());
    this.ticker.cron('sweep queues', '* * * * *', () => this.sweepQueues());
    this.ticker.loop('read figures', 15_000, () => this.readFigures());
  }

  /** Who has come to an e-mail by what came back need not wait for the next claim. */
  private async takeTurns(): Promise<number> {
    const { waitMs, isDue } = await this.inbox.processReady();
    if (isDue) this.ticker.wake(CLAIMS);
    return waitMs;
  }

  /** What was leased for a queue that is gone is nobody's: without this it would wait for its lease to end. */
  private async claim(): Promise<number> {
    if (await this.jobs.queueBeganAnew()) await this.sweeps.freeLeases();
    return this.claims.claimDue();
  }

  /** Journals before leases: a journal knows what an expired lease leaves unknown. */
  private async sweepLeases(): Promise<boolean> {
    await this.submission.recover();
    const { planned, unknown } = await this.sweeps.sweep();
    swept.set({ to: 'planned' }, planned);
    swept.set({ to: 'unknown' }, unknown);
    await this.outcomes.catchUp();
    return false;
  }

  /** What no event told: ends that a process died over, due moments behind a watermark. */
  private async sweepQueues(): Promise<void> {
    await this.each({
      'concluding activations': () => this.outcomes.completeAllEnded(),
      'sweeping the queue of what is due': () => this.database.inTransaction(TICK, () => this.queue.sweep()),
      'closing unknown messages': () => this.operations.applyPolicies(TICK, this.config.UNKNOWN_CLOSE_DAYS),
    });
  }

  /** Does things that have nothing to do with each other one after the other: none keeps the next from being done. */
  private async each(sweeps: Readonly<Record<string, () => Promise<unknown>>>): Promise<void> {
    for (const [name, sweep] of Object.entries(sweeps))
      try {
        await sweep();
      } catch (error) {
        this.logger.error(`A sweep failed, ${name}; it comes again.`, error);
      }
  }

  private async readFigures(): Promise<boolean> {
    const figures = await this.operations.figures(TICK);
    open.set({ state: 'planned' }, figures.planned);
    open.set({ state: 'leased' }, figures.leased);
    open.set({ state: 'releasing' }, figures.releasing);
    open.set({ state: 'unknown' }, figures.unknown);
    backlog.set(figures.backlog);
    oldestDue.set(figures.oldestDueSeconds);
    lateInboxItems.set(figures.lateInboxItems);
    stuck.set(figures.stuckForNoReason);
    snapshotAge.set(figures.oldestSnapshotAge);
    deadLetters.set(await this.deadLetterJobs.count());
    return false;
  }
}
