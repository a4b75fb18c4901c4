import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Database } from '#database';
import { Clock, type PartnerId } from '#kernel';
import { type Breach, breachOf, BREAKER, type Tally } from './circuit-breaker.js';
import { Halts } from './halts.service.js';
import { ReleaseGate } from './release-gate.service.js';

const trips = new Counter({
  name: 'throughline_circuit_breaker_trips_total',
  help: 'Partners whose mail was stopped, by what there was too much of.',
  labelNames: ['cause'],
});

const MEMORY_MS = 7 * 86_400_000;
const KEPT_MS = 30 * 86_400_000;
/** More rows than the largest window can have with bounces or complaints. */
const ROWS = BREAKER.complaints.window * 2;

/**
 * Counts bounces and complaints of each partner and halts that partner when
 * there are too many. Other partners are not affected. All methods run in the
 * open transaction.
 */
@Injectable()
export class CircuitBreaker {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly halts: Halts,
    private readonly gate: ReleaseGate,
  ) {}

  /**
   * Call it first in a transaction that will `record` bounces or complaints,
   * before any row lock. It waits for the partner's releases that have begun,
   * and later releases wait for it: after a halt has committed, no release of
   * that partner begins. It also serialises two transactions that report
   * bounces of the same partner, which could not see each other's tally.
   */
  async lockPartner(partnerId: PartnerId, tally: Tally): Promise<void> {
    if (isBad(tally)) await this.gate.closeForPartner(partnerId);
  }

  /**
   * Stores a tally and halts the partner if a limit is exceeded. Only after
   * `lockPartner`.
   */
  async record(partnerId: PartnerId, tally: Tally): Promise<void> {
    const { submitted, bounced, complained } = tally;
    if (submitted + bounced + complained === 0) return;
    await this.database.query(
      'INSERT INTO delivery.tally (partner_id, at, submitted, bounced, complained) VALUES ($1, $2, $3, $4, $5)',
      [partnerId, this.clock.now(), submitted, bounced, complained],
    );
    if (!isBad(tally)) return;
    const breach = breachOf(await this.sinceLastLift(partnerId));
    if (breach !== null) await this.haltPartner(partnerId, breach);
  }

  /** Deletes tallies that no rule reads any more. */
  async deleteOldTallies(): Promise<void> {
    await this.database.query('DELETE FROM delivery.tally WHERE at < $1', [
      new Date(this.clock.now().getTime() - KEPT_MS),
    ]);
  }

  /**
   * Newest first. Tallies from before the last lift of an automatic halt do not
   * count.
   */
  private sinceLastLift(partnerId: PartnerId): Promise<Tally[]> {
    return this.database.query<Tally>(
      `SELECT submitted AS "submitted", bounced, complained FROM delivery.tally
       WHERE partner_id = $1 AND at > $2 AND at > coalesce((SELECT max(lifted_at) FROM delivery.halt
         WHERE scope = 'partner' AND subject_id = $1 AND cause IN ('bounces', 'complaints')), '-infinity')
       ORDER BY at DESC LIMIT $3`,
      [partnerId, new Date(this.clock.now().getTime() - MEMORY_MS), ROWS],
    );
  }

  private async haltPartner(partnerId: PartnerId, { cause, bad, submitted }: Breach): Promise<void> {
    const isNew = await this.halts.haltInTransaction('circuit breaker', {
      scope: 'partner',
      subjectId: partnerId,
      cause,
      facts: { bad, submitted },
      reason: `${bad} ${cause} in the newest ${submitted} messages`,
    });
    if (isNew) this.database.afterCommit(() => trips.inc({ cause }));
  }
}

const isBad = ({ bounced, complained }: Tally): boolean => bounced + complained > 0;
