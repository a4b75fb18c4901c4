import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { ServerProcess } from '../journeys/processes.js';
import { SendingSite, type SiteOptions } from '../support/sending-site.js';
import { until } from '../support/until.js';
import { ReceivingServer } from './receiving-server.js';
import { SendJournal } from '../../libs/delivery/src/send-journal.js';

/**
 * What arrived, by the log of the receiving server, compared with the ledger.
 */
export interface Reckoning {
  /** Number of distinct messages that the server accepted. */
  readonly delivered: number;
  /**
   * Accepted by the ledger but not by the server, or without an outcome in the
   * ledger.
   */
  readonly lost: number;
  /** Messages that the server accepted more than once. */
  readonly twice: number;
  /**
   * Messages that arrived with other bytes than verified, by the hashes in
   * ledger and receipt.
   */
  readonly altered: number;
  /**
   * Contacts without exactly one outcome: candidates = sent + skipped + failed
   * does not add up.
   */
  readonly unaccounted: number;
  /**
   * How many unknown messages were sent again because the log of the server
   * lacked them.
   */
  readonly repeated: number;
  /**
   * Messages that became unknown by a sweep or by reading a journal, resolved
   * later or not.
   */
  readonly doubted: number;
  readonly unknownLeft: number;
  /** Details of the remaining messages. */
  readonly doubts: Readonly<Record<string, number>>;
  readonly unknownThatWereDelivered: number;
}

/** Additional settings of a scheduler. */
export interface SchedulerPlan {
  readonly connections: number;
  /** Milliseconds that a submission may take until its lease ends. */
  readonly leaseSeconds: number;
}

const OPEN: readonly string[] = ['planned', 'leased', 'releasing'];
const FINAL = new Set(['accepted', 'failed', 'skipped', 'unknown', 'delivered', 'bounced', 'complained']);

/** Real schedulers that send to a real SMTP server which can misbehave. */
export class FaultSite {
  readonly running = new Map<string, ServerProcess>();

  private constructor(
    readonly server: ReceivingServer,
    readonly site: SendingSite,
    private readonly plan: SchedulerPlan,
  ) {}

  static async open(plan: SchedulerPlan, options: SiteOptions = {}): Promise<FaultSite> {
    const server = new ReceivingServer();
    return new FaultSite(server, await SendingSite.open(await server.listen(), options), plan);
  }

  async close(): Promise<void> {
    await this.site.close();
    await this.server.close();
  }

  /**
   * Starts or restarts a scheduler. It finds the disk of its predecessor of
   * that name.
   */
  async start(name: string, environment: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    const started = await this.site.startScheduler(name, {
      SEND_CONCURRENCY: String(this.plan.connections),
      SEND_LEASE_SECONDS: String(this.plan.leaseSeconds),
      LOG_LEVEL: 'error',
      ...environment,
    });
    this.running.set(name, started);
    return started;
  }

  /**
   * Lets the server write a log, by which unknown messages are sent again.
   * @returns the settings of schedulers that may read it.
   */
  async openLog(): Promise<Readonly<Record<string, string>>> {
    const POSTFIX_LOG = join(this.site.folder, 'mail.log');
    writeFileSync(POSTFIX_LOG, `${new Date().toISOString()} mx postfix/master[1]: daemon started\n`);
    this.server.logFile = POSTFIX_LOG;
    await this.operate('unknown-policy', this.site.vendor.vendorId, 'repeat-absent');
    const POSTFIX_LOG_SETTLES_MINUTES = String((2 * this.plan.leaseSeconds) / 60);
    return { POSTFIX_LOG, POSTFIX_LOG_IS_COMPLETE: 'true', POSTFIX_LOG_SETTLES_MINUTES };
  }

  /**
   * Waits until the log has resolved every unknown message, at most
   * `timeoutMs`.
   */
  async enlightened(timeoutMs: number): Promise<void> {
    const knowsAll = async (): Promise<boolean> => {
      await this.hurry();
      await this.knock();
      // In one query: an unknown message may be planned again in the next
      // moment.
      return (await this.open([...OPEN, 'unknown'])) === 0;
    };
    await until(knowsAll, 'what the log of the relay tells', timeoutMs).catch(() => undefined);
  }

  /** An idle relay logs nothing. Each connection adds a line. */
  private async knock(): Promise<void> {
    const socket = connect(this.server.port, '127.0.0.1');
    await once(socket, 'data');
    socket.end('QUIT\r\n');
  }

  /** Kills without a signal handler, as the kernel or a power cut does. */
  async kill(name: string): Promise<void> {
    await this.running.get(name)?.end('SIGKILL');
    this.running.delete(name);
  }

  /**
   * Number of messages that a paused scheduler has begun, by its journal,
   * without an outcome in the ledger.
   */
  async begunBy(name: string): Promise<number> {
    const { started, accepted } = SendJournal.readAbandoned(join(this.site.folder, name), () => false);
    const [row] = await this.site.api.asOwner<{ n: number }>(
      `SELECT count(*)::int AS n FROM unnest($1::uuid[], $2::int[]) c (id, fence) JOIN delivery.message m ON m.id = c.id AND m.fence = c.fence
       WHERE m.state = 'releasing'`,
      [[...started, ...accepted].map(({ id }) => id), [...started, ...accepted].map(({ fence }) => fence)],
    );
    return row?.n ?? 0;
  }

  /**
   * Runs `throughline sending …`.
   * @throws Error with its output if it fails.
   */
  async operate(...args: readonly string[]): Promise<void> {
    const command = this.site.command('sending', ...args);
    if ((await command.ended) !== 0) throw new Error(`throughline sending ${args.join(' ')}: ${command.output}`);
  }

  /** Makes all retries due now: waits of minutes are not what is tested. */
  async hurry(): Promise<void> {
    await this.site.api
      .asOwner(
        `WITH calm AS (DELETE FROM delivery.destination) UPDATE delivery.message SET retry_at = now() WHERE retry_at > now()`,
      )
      .catch(() => undefined);
  }

  /**
   * Number of messages without an outcome in one of these states. The maximum
   * while PostgreSQL is down.
   */
  async open(states: readonly string[] = OPEN): Promise<number> {
    const rows = await this.site.api
      .asOwner<{ n: number }>(
        `SELECT (SELECT count(*) FROM delivery.message WHERE state = ANY ($1))::int
         + (SELECT count(*) FROM sequences.enrolment WHERE state IN ('waiting', 'running'))::int
         + (SELECT count(*) FROM activations.activation WHERE enrolled_at IS NULL)::int AS n`,
        [states],
      )
      .catch(() => [{ n: Infinity }]);
    return rows[0]?.n ?? Infinity;
  }

  /**
   * Waits until every message has its outcome.
   * @returns how many seconds that took.
   * @throws Error with the messages that have none.
   */
  async settled(timeoutMs: number): Promise<number> {
    const beganMs = performance.now();
    const isSettled = async (): Promise<boolean> => {
      await this.hurry();
      return (await this.open()) === 0;
    };
    await until(isSettled, 'every message to have its outcome', timeoutMs).catch(async (cause: unknown) => {
      throw new Error(`Not everything has its outcome: ${JSON.stringify(await this.left())}`, { cause });
    });
    return Math.round((performance.now() - beganMs) / 100) / 10;
  }

  async reckon(): Promise<Reckoning> {
    const ledger = await this.site.api.asOwner<{
      id: string;
      state: string;
      settled: string | null;
      verified: string | null;
    }>(
      // A process that dies with an answer leaves no hash in the ledger. The
      // receipt is written before the submission, so it is compared instead.
      `SELECT m.id, m.state, m.final_hash AS settled, r.signed #>> '{payload,hashes,bytes}' AS verified
       FROM delivery.message m LEFT JOIN seal.receipt r ON r.subject_kind = 'message' AND r.subject_id = m.id`,
    );
    const [steps] = await this.site.api.asOwner<{ n: number }>(
      `SELECT ((SELECT count(*) FROM sequences.enrolment) - (SELECT count(*) FROM sequences.step_execution WHERE outcome IN ('sent', 'skipped', 'failed')))::int AS n`,
    );
    const [told] = await this.site.api.asOwner<{ absent: number; doubted: number }>(
      // The log is only read for unknown messages.
      `SELECT (SELECT count(*) FROM delivery.message_event WHERE kind = 'absent')::int AS absent,
         (SELECT count(*) FROM delivery.message m WHERE state = 'unknown'
            OR EXISTS (SELECT FROM delivery.message_event e WHERE e.message_id = m.id AND e.source = 'postfix-log'))::int AS doubted`,
    );
    const doubts = await this.site.api.asOwner<{ what: string; n: number }>(
      `SELECT concat_ws(', ', reason, coalesce('relay ' || relay, 'relay not known'), 'try ' || attempt) AS what, count(*)::int AS n
       FROM delivery.message WHERE state = 'unknown' GROUP BY 1 ORDER BY 2 DESC`,
    );
    const { accepted, hashes } = this.server;
    const of = (state: string): string[] => ledger.filter((row) => row.state === state).map(({ id }) => id);
    return {
      delivered: accepted.size,
      lost:
        of('accepted').filter((id) => !accepted.has(id)).length +
        ledger.filter(({ state }) => !FINAL.has(state)).length,
      twice: [...accepted.values()].filter((count) => count > 1).length,
      altered: ledger.filter(
        ({ id, state, settled, verified }) =>
          state === 'accepted' &&
          accepted.has(id) &&
          (verified !== hashes.get(id) || (settled !== null && settled !== verified)),
      ).length,
      unaccounted: steps?.n ?? NaN,
      repeated: told?.absent ?? NaN,
      doubted: told?.doubted ?? NaN,
      unknownLeft: of('unknown').length,
      doubts: Object.fromEntries(doubts.map(({ what, n }) => [what, n])),
      unknownThatWereDelivered: of('unknown').filter((id) => accepted.has(id)).length,
    };
  }

  /** Schedulers that ended without being killed, with their last output. */
  async fallen(): Promise<string[]> {
    const states = await Promise.all(
      [...this.running].map(async ([name, process]) => {
        const code = await Promise.race([process.ended, Promise.resolve('runs' as const)]);
        return code === 'runs' ? [] : [`${name} ended with ${String(code)}: ${process.output.slice(-2_000)}`];
      }),
    );
    return states.flat();
  }

  /**
   * Details of the messages without an outcome, for the search of the reason.
   */
  private left(): Promise<unknown[]> {
    return this.site.api.asOwner(
      `SELECT 'message ' || state AS what, count(*)::int AS n FROM delivery.message GROUP BY 1
       UNION ALL SELECT 'enrolment ' || state, count(*)::int FROM sequences.enrolment GROUP BY 1
       UNION ALL SELECT 'halt of ' || scope || ': ' || reason, 1 FROM delivery.halt WHERE lifted_at IS NULL`,
    );
  }
}

/** Fails the test if a message was lost, repeated or not reported. */
export const NOTHING_LOST_OR_TWICE = { lost: 0, twice: 0, altered: 0, unaccounted: 0 } as const;
