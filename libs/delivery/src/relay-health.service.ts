import { Injectable, Logger } from '@nestjs/common';
import { Database } from '#database';
import { Jobs } from '#jobs';
import { systemActor, printable } from '#kernel';
import { probe } from '#mailer';
import { VENDOR_SERVERS_CHANGED } from '#organisations';
import { networksOf } from '#outbound';
import { nextCheckMs, type Relay, type RelayId } from './relay.js';
import { RelayServers, SEALED_COLUMNS, type SealedRelay } from './relay-servers.service.js';

const WATCH = systemActor('relay-health');
/** Relays per run of one process. */
const CHECKED_AT_ONCE = 10;
/** For this time no other process checks them. Longer than a check can take. */
const CLAIM_SECONDS = 90;
const PROBLEM_CHARACTERS = 500;
/** More than the addresses of any mail service are in. */
const MAX_NETWORKS = 100;

type KnownRelay = Pick<Relay, 'state' | 'vendorId'> & {
  readonly failures: number;
  readonly networks: readonly string[];
};

/**
 * Checks relays for all processes. An unhealthy relay is not used until a check
 * succeeds.
 */
@Injectable()
export class RelayHealth {
  private readonly logger = new Logger(RelayHealth.name);

  constructor(
    private readonly database: Database,
    private readonly servers: RelayServers,
    private readonly jobs: Jobs,
  ) {}

  /**
   * Checks the due relays. Two processes never check the same.
   * @returns whether there may be more.
   */
  async checkDue(): Promise<boolean> {
    const due = await this.claim('enabled AND next_check_at <= now()', []);
    await Promise.all(due.map((relay) => this.probeRelay(relay)));
    return due.length === CHECKED_AT_ONCE;
  }

  /** Checks one relay now. */
  async check(id: RelayId): Promise<void> {
    await Promise.all((await this.claim('id = $3', [id])).map((relay) => this.probeRelay(relay)));
  }

  /**
   * Submissions failed repeatedly: the relay is unhealthy without a check.
   * @param revision of the settings that were used.
   */
  async recordFailure(id: RelayId, revision: number, problem: string): Promise<void> {
    await this.save(id, revision, problem);
  }

  private claim(where: string, more: readonly unknown[]): Promise<SealedRelay[]> {
    return this.database.inTransaction(WATCH, () =>
      this.database.query<SealedRelay>(
        `UPDATE delivery.relay SET next_check_at = now() + $1 * interval '1 second'
         WHERE id IN (SELECT id FROM delivery.relay WHERE ${where} ORDER BY next_check_at LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING ${SEALED_COLUMNS}`,
        [CLAIM_SECONDS, CHECKED_AT_ONCE, ...more],
      ),
    );
  }

  private async probeRelay(relay: SealedRelay): Promise<void> {
    const networks = relay.vendorId === null ? [] : await networksOf(relay.host);
    const problem = await this.problemOf(relay);
    await this.save(relay.id, relay.revision, problem, networks);
    if ((problem !== null) !== (relay.state === 'unhealthy'))
      this.logger.warn(
        problem === null
          ? `The relay ${relay.name} (${relay.host}:${relay.port}) takes mail again.`
          : `The relay ${relay.name} (${relay.host}:${relay.port}) accepts no mail: ${problem}`,
      );
  }

  private async problemOf(relay: SealedRelay): Promise<string | null> {
    try {
      return await probe(this.servers.forCheck(relay));
    } catch (error) {
      this.logger.error(`The password of relay ${relay.id} cannot be opened.`, error);
      return 'Its password cannot be opened with the SECRET_KEY of this platform. Enter it again.';
    }
  }

  /** Partners may have to agree to a server that has moved. */
  private async addNetworks(id: RelayId, { vendorId, networks }: KnownRelay, seen: readonly string[]): Promise<void> {
    const all = [...new Set([...networks, ...seen])].sort().slice(0, MAX_NETWORKS);
    if (vendorId === null || all.length === networks.length) return;
    await this.database.query('UPDATE delivery.relay SET networks = $2 WHERE id = $1', [id, all]);
    await this.jobs.enqueue(VENDOR_SERVERS_CHANGED, { vendorId });
  }

  /** A result of settings that were changed meanwhile is ignored. */
  private async save(
    id: RelayId,
    revision: number,
    problem: string | null,
    networks: readonly string[] = [],
  ): Promise<void> {
    await this.database.inTransaction(WATCH, async () => {
      const [known] = await this.database.query<KnownRelay>(
        'SELECT failures, state, vendor_id, networks FROM delivery.relay WHERE id = $1 AND revision = $2 FOR UPDATE',
        [id, revision],
      );
      if (known === undefined) return;
      await this.addNetworks(id, known, networks);
      const failures = problem === null ? 0 : known.failures + 1;
      const state = problem === null ? 'healthy' : 'unhealthy';
      await this.database.query(
        `UPDATE delivery.relay SET state = $2, state_since = CASE WHEN state = $2 THEN state_since ELSE now() END, problem = $3, failures = $4,
           checked_at = now(), next_check_at = now() + $5 * interval '1 millisecond' WHERE id = $1`,
        [
          id,
          state,
          problem === null ? null : printable(problem).replace(/\s+/g, ' ').slice(0, PROBLEM_CHARACTERS),
          failures,
          nextCheckMs(failures),
        ],
      );
    });
  }
}
