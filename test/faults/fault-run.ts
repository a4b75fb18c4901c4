import Bull from 'bull';
import { until } from '../support/until.js';
import type { Chance } from './chance.js';
import { FaultSite, type Reckoning, type SchedulerPlan } from './fault-site.js';
import { SMTP_FAULT_NAMES } from './smtp-fault.js';

export interface FaultPlan extends SchedulerPlan {
  readonly messages: number;
  /** Five kills of each process, and one of every other fault. */
  readonly laps: number;
  /** Milliseconds between two faults. */
  readonly pauseMs: number;
  readonly smtpFaultRate: number;
  /** Milliseconds until every message has its outcome, after the last fault. */
  readonly recoveryMs: number;
}

export interface FaultReport extends Reckoning {
  readonly kills: number;
  readonly faults: Readonly<Record<string, number>>;
  /**
   * Upper limit of unknown messages: those in submission at each kill, those of
   * paused processes, and those that the server left unanswered.
   */
  readonly unknownAtMost: number;
  /** Milliseconds from the last fault until every message has its outcome. */
  readonly recoverySeconds: number;
  readonly tookSeconds: number;
}

const SCHEDULERS = ['scheduler-1', 'scheduler-2'] as const;
/** Each lap has all of them, in a random order. */
const LAP = ['kill', 'kill', 'kill', 'kill', 'kill', 'Redis', 'PostgreSQL', 'jobs', 'pause'] as const;
const SAY_EVERY = 10;
/** Any of this many faults may be one that hangs. */
const HANGS = 0.2;
/** Schedulers read the log each half minute. */
const LOG_READ_MS = 120_000;

/**
 * Injects random faults around real schedulers that send to a real SMTP server.
 * Counts at the end what arrived.
 */
export class FaultRun {
  private readonly faults = new Map<string, number>();
  private kills = 0;
  /**
   * Messages that paused processes had begun. Only those processes know their
   * outcome.
   */
  private untold = 0;
  private duplicates: Bull.Queue | null = null;

  private constructor(
    private readonly plan: FaultPlan,
    private readonly chance: Chance,
    private readonly site: FaultSite,
    private readonly asksLog: Readonly<Record<string, string>>,
  ) {}

  static async open(plan: FaultPlan, chance: Chance): Promise<FaultRun> {
    const site = await FaultSite.open(plan);
    return new FaultRun(plan, chance, site, await site.openLog());
  }

  async close(): Promise<void> {
    await this.duplicates?.close().catch(() => undefined);
    await this.site.close();
  }

  async run(): Promise<FaultReport> {
    const beganMs = performance.now();
    const { messages } = this.plan;
    const partner = await this.site.site.aPartner('Brightwater IT');
    await Promise.all(SCHEDULERS.map((name) => this.site.start(name, this.asksLog)));
    this.spoilMail();
    await this.site.site.launch(partner, messages);
    await until(() => this.site.server.accepted.size > 20, 'the first mails');
    const kinds = Array.from({ length: this.plan.laps }, () => this.chance.shuffled(LAP)).flat();
    for (const kind of kinds) {
      await this.breakSomething(kind);
      await this.site.hurry();
      await new Promise((resolve) => setTimeout(resolve, this.plan.pauseMs * (0.5 + this.chance.next())));
      if ((await this.site.open()) < messages / 20) await this.site.site.launch(partner, messages);
    }
    this.site.server.faultOf = () => null;
    const recoverySeconds = await this.site.settled(this.plan.recoveryMs);
    await this.site.enlightened(LOG_READ_MS);
    return {
      kills: this.kills,
      faults: Object.fromEntries(this.faults),
      ...(await this.site.reckon()),
      unknownAtMost: this.kills * this.plan.connections + this.untold + this.site.server.unanswered,
      recoverySeconds,
      tookSeconds: Math.round((performance.now() - beganMs) / 1000),
    };
  }

  private spoilMail(): void {
    const chance = this.chance.branch();
    const quick = SMTP_FAULT_NAMES.filter((name) => !/^hang (at|in)/.test(name));
    this.site.server.faultOf = () => {
      if (chance.next() >= this.plan.smtpFaultRate) return null;
      // A fault that hangs keeps a connection for most of a lease.
      // If these were as frequent as the others, no connection would be left.
      return chance.next() < HANGS ? chance.pick(SMTP_FAULT_NAMES) : chance.pick(quick);
    };
  }

  private async breakSomething(kind: string): Promise<void> {
    const name = this.chance.pick(SCHEDULERS);
    if (kind === 'Redis') await this.noted('Redis emptied', () => this.site.site.redis.crash(this.upTo(2_000)));
    else if (kind === 'PostgreSQL')
      await this.noted('PostgreSQL crashed', () => this.site.site.postgres.crash(this.upTo(500)));
    else if (kind === 'jobs') await this.noted('jobs duplicated', () => this.duplicateJobs());
    else if (kind === 'pause') await this.noted('paused past the lease', () => this.pausePastLease(name));
    else await this.noted('killed', () => this.kill(name));
  }

  private upTo(ms: number): number {
    return Math.floor(ms * this.chance.next());
  }

  private async kill(name: string): Promise<void> {
    this.kills += 1;
    await this.site.kill(name);
    await this.site.start(name, this.asksLog);
    if (this.kills % SAY_EVERY === 0)
      process.stdout.write(`${this.kills} kills, ${this.site.server.accepted.size} delivered\n`);
  }

  /**
   * The others take over its leases. Then it wakes up in the middle of its
   * work.
   */
  private async pausePastLease(name: string): Promise<void> {
    const pid = this.site.running.get(name)?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    this.untold += await this.site.begunBy(name);
    await new Promise((resolve) => setTimeout(resolve, this.plan.leaseSeconds * 1500));
    process.kill(pid, 'SIGCONT');
  }

  /** Queues every running chunk twice more. */
  private async duplicateJobs(): Promise<void> {
    this.duplicates ??= new Bull('delivery-ahead', this.site.site.redis.url, { prefix: 'throughline' }).on(
      'error',
      () => undefined,
    );
    const leased = await this.site.site.api.asOwner<{ id: string; fence: number; partnerId: string }>(
      `SELECT id, fence, partner_id AS "partnerId" FROM delivery.message WHERE state IN ('leased', 'releasing') LIMIT 200`,
    );
    for (let at = 0; at < leased.length; at += 50) {
      const claims = leased.slice(at, at + 50).map(({ id, fence }) => ({ id, fence }));
      const data = { partnerId: leased[at]?.partnerId, claims };
      const job = { job: 'sequences.submit-few', outboxId: null, data };
      await this.duplicates.addBulk([{ data: job }, { data: job }]);
    }
  }

  private async noted(what: string, work: () => Promise<void>): Promise<void> {
    this.faults.set(what, (this.faults.get(what) ?? 0) + 1);
    await work();
  }
}
