import Bull from 'bull';
import type { ServerProcess } from '../journeys/processes.js';
import { SendingSite } from '../support/sending-site.js';
import { until } from '../support/until.js';
import { ReceivingServer } from './receiving-server.js';

export interface FaultPlan {
  readonly messages: number;
  readonly kills: number;
  /** Between two faults. */
  readonly pauseMs: number;
  readonly connections: number;
  /** How long a hand-over may take until its lease is over; a SIGSTOP lasts longer. */
  readonly leaseSeconds: number;
  readonly smtpFaultRate: number;
  /** How long it may take until every message has its outcome, once nothing is broken any more. */
  readonly recoveryMs: number;
}

export interface FaultReport {
  readonly kills: number;
  readonly faults: Readonly<Record<string, number>>;
  /** Distinct messages that the receiving server has taken. */
  readonly delivered: number;
  /** The ledger says accepted, the server never had it; or the ledger has not finished it. */
  readonly lost: number;
  /** Messages that the server has taken more than once. */
  readonly twice: number;
  /** Contacts of which the partner does not see exactly one outcome: candidates = sent + skipped + failed does not add up. */
  readonly unaccounted: number;
  readonly unknownLeft: number;
  readonly unknownThatWereDelivered: number;
  /** More cannot be unknown: what was on the wire at each kill and pause, and what the server left unanswered. */
  readonly unknownAtMost: number;
  /** From the last fault until every message has its outcome. */
  readonly recoverySeconds: number;
}

const SCHEDULERS = ['scheduler-1', 'scheduler-2'] as const;
type Name = (typeof SCHEDULERS)[number];

/** Breaks things around real schedulers that send to a real SMTP server, and counts in the end what arrived. */
export class FaultRun {
  private readonly running = new Map<Name, ServerProcess>();
  private readonly faults = new Map<string, number>();
  private kills = 0;
  private pauses = 0;
  private duplicates: Bull.Queue | null = null;

  private constructor(
    private readonly plan: FaultPlan,
    private readonly server: ReceivingServer,
    private readonly site: SendingSite,
  ) {}

  static async open(plan: FaultPlan): Promise<FaultRun> {
    const server = new ReceivingServer();
    return new FaultRun(plan, server, await SendingSite.open(await server.listen()));
  }

  async close(): Promise<void> {
    await this.duplicates?.close().catch(() => undefined);
    await this.site.close();
    await this.server.close();
  }

  async run(): Promise<FaultReport> {
    const partner = await this.site.aPartner('Brightwater IT');
    await Promise.all(SCHEDULERS.map((name) => this.start(name)));
    this.server.faultRate = this.plan.smtpFaultRate;
    await this.site.launch(partner, this.plan.messages);
    await until(() => this.server.accepted.size > 20, 60_000, 'the first mails');
    for (let round = 1; this.kills < this.plan.kills; round++) {
      await this.breakSomething(round);
      await this.hurry();
      await new Promise((resolve) => setTimeout(resolve, this.plan.pauseMs * (0.5 + Math.random())));
      if ((await this.open()) < this.plan.messages / 20) await this.site.launch(partner, this.plan.messages);
    }
    this.server.faultRate = 0;
    const calmAt = performance.now();
    const finished = async (): Promise<boolean> => {
      await this.hurry();
      return (await this.open()) === 0;
    };
    await until(finished, this.plan.recoveryMs, 'every message to have its outcome').catch(async (cause: unknown) => {
      throw new Error(`Not everything has its outcome: ${JSON.stringify(await this.left())}`, { cause });
    });
    return this.report((performance.now() - calmAt) / 1000);
  }

  private async start(name: Name): Promise<void> {
    const { connections, leaseSeconds } = this.plan;
    this.running.set(
      name,
      await this.site.startScheduler(name, {
        SEND_CONCURRENCY: String(connections),
        SEND_LEASE_SECONDS: String(leaseSeconds),
        LOG_LEVEL: 'error',
      }),
    );
  }

  private async breakSomething(round: number): Promise<void> {
    const kind = round % 8;
    if (kind === 3) await this.noted('Redis emptied', () => this.site.redis.crash());
    else if (kind === 5) await this.noted('PostgreSQL crashed', () => this.site.postgres.crash(200));
    else if (kind === 6) await this.noted('jobs duplicated', () => this.duplicateJobs());
    else if (round === 4) await this.noted('paused past the lease', () => this.pausePastLease());
    else await this.noted('killed', () => this.kill(SCHEDULERS[round % SCHEDULERS.length] ?? 'scheduler-1'));
  }

  private async kill(name: Name): Promise<void> {
    this.kills += 1;
    await this.running.get(name)?.end('SIGKILL');
    await this.start(name);
  }

  /** The others take its leases for over and go on; then it wakes up in the middle of its work. */
  private async pausePastLease(): Promise<void> {
    this.pauses += 1;
    const pid = this.running.get('scheduler-1')?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, this.plan.leaseSeconds * 1500));
    process.kill(pid, 'SIGCONT');
  }

  /** Every chunk that is under way is handed out twice more. */
  private async duplicateJobs(): Promise<void> {
    this.duplicates ??= new Bull('delivery', this.site.redis.url, { prefix: 'throughline' }).on(
      'error',
      () => undefined,
    );
    const leased = await this.site.api.asOwner<{ id: string; fence: number; partnerId: string }>(
      `SELECT id, fence, partner_id AS "partnerId" FROM delivery.message WHERE state IN ('leased', 'handing_off') LIMIT 200`,
    );
    for (let at = 0; at < leased.length; at += 50) {
      const claims = leased.slice(at, at + 50).map(({ id, fence }) => ({ id, fence }));
      const data = { partnerId: leased[at]?.partnerId, claims };
      const job = { job: 'sequences.submit-messages', outboxId: null, data };
      await this.duplicates.addBulk([{ data: job }, { data: job }]);
    }
  }

  /** Waits of minutes are no fault: what is to be tried again is tried at once. */
  private async hurry(): Promise<void> {
    await this.site.api
      .asOwner(
        `WITH calm AS (DELETE FROM delivery.destination) UPDATE delivery.message SET retry_at = now() WHERE retry_at > now()`,
      )
      .catch(() => undefined);
  }

  private async open(): Promise<number> {
    const rows = await this.site.api
      .asOwner<{ n: number }>(
        `SELECT (SELECT count(*) FROM delivery.message WHERE state IN ('planned', 'leased', 'handing_off'))::int
         + (SELECT count(*) FROM sequences.enrolment WHERE state IN ('waiting', 'running'))::int
         + (SELECT count(*) FROM activations.activation WHERE enrolled_at IS NULL)::int AS n`,
      )
      .catch(() => [{ n: Infinity }]);
    return rows[0]?.n ?? Infinity;
  }

  /** What has no outcome, for whoever looks for the reason. */
  private left(): Promise<unknown[]> {
    return this.site.api.asOwner(
      `SELECT 'message ' || state AS what, count(*)::int AS n FROM delivery.message GROUP BY 1
       UNION ALL SELECT 'enrolment ' || state, count(*)::int FROM sequences.enrolment GROUP BY 1
       UNION ALL SELECT 'halt of ' || scope || ': ' || reason, 1 FROM delivery.halt WHERE lifted_at IS NULL`,
    );
  }

  private async noted(what: string, work: () => Promise<void>): Promise<void> {
    this.faults.set(what, (this.faults.get(what) ?? 0) + 1);
    await work();
  }

  private async report(recoverySeconds: number): Promise<FaultReport> {
    const ledger = await this.site.api.asOwner<{ id: string; state: string }>('SELECT id, state FROM delivery.message');
    const [steps] = await this.site.api.asOwner<{ n: number }>(
      `SELECT ((SELECT count(*) FROM sequences.enrolment) - (SELECT count(*) FROM sequences.step_execution WHERE outcome IN ('sent', 'skipped', 'failed')))::int AS n`,
    );
    const { accepted } = this.server;
    const of = (state: string): string[] => ledger.filter((row) => row.state === state).map(({ id }) => id);
    const isFinal = new Set(['accepted', 'failed', 'skipped', 'unknown']);
    return {
      kills: this.kills,
      faults: Object.fromEntries(this.faults),
      delivered: accepted.size,
      lost:
        of('accepted').filter((id) => !accepted.has(id)).length +
        ledger.filter(({ state }) => !isFinal.has(state)).length,
      twice: [...accepted.values()].filter((count) => count > 1).length,
      unaccounted: steps?.n ?? NaN,
      unknownLeft: of('unknown').length,
      unknownThatWereDelivered: of('unknown').filter((id) => accepted.has(id)).length,
      unknownAtMost: (this.kills + this.pauses) * this.plan.connections + this.server.unanswered,
      recoverySeconds: Math.round(recoverySeconds * 10) / 10,
    };
  }
}
