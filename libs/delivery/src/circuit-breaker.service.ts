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
/** More rows than a window of hand-overs ever has of bad news. */
const ROWS = BREAKER.complaints.window * 2;

/** Counts what became of a partner's mail and stops it, and nobody else's, when too much of it comes back. In the open transaction. */
@Injectable()
export class CircuitBreaker {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly halts: Halts,
    private readonly gate: ReleaseGate,
  ) {}

  /**
   * First thing in a transaction that will `count`, before it locks any row. Whoever brings bad news waits for the partner's hand-offs that
   * have begun, and those that come later wait for it: once a stop is committed, nothing of that partner begins. It also has those who bring
   * bad news of one partner at once count one after the other: neither would see what the other brought.
   */
  async lockPartner(partnerId: PartnerId, tally: Tally): Promise<void> {
    if (isBad(tally)) await this.gate.closeForPartner(partnerId);
  }

  /** Writes a tally down; bad news is judged at once. Only after `prepare`. */
  async record(partnerId: PartnerId, tally: Tally): Promise<void> {
    const { submitted, bounced, complained } = tally;
    if (submitted + bounced + complained === 0) return;
    await this.database.query(
      'INSERT INTO delivery.tally (partner_id, at, handed_over, bounced, complained) VALUES ($1, $2, $3, $4, $5)',
      [partnerId, this.clock.now(), submitted, bounced, complained],
    );
    if (!isBad(tally)) return;
    const breach = breachOf(await this.sinceLastLift(partnerId));
    if (breach !== null) await this.haltPartner(partnerId, breach);
  }

  /** Forgets what no rule looks at any more. */
  async deleteOldTallies(): Promise<void> {
    await this.database.query('DELETE FROM delivery.tally WHERE at < $1', [
      new Date(this.clock.now().getTime() - KEPT_MS),
    ]);
  }

  /** Newest first. What was counted before an operator or the partner said to go on counts no more. */
  private sinceLastLift(partnerId: PartnerId): Promise<Tally[]> {
    return this.database.query<Tally>(
      `SELECT handed_over AS "submitted", bounced, complained FROM delivery.tally
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
