import { Injectable } from '@nestjs/common';
import { Database, unnestRows } from '#database';
import { Halts, InstanceEpochs, type LeasedMessage, Ledger } from '#delivery';
import { Clock, type EnrolmentId, type PartnerId, systemActor } from '#kernel';
import { byDueTime } from '../enrolment/daily-quota.js';
import { DueQueue, type PartnerSelection } from '../enrolment/due-queue.service.js';
import { ENROLMENT_COLUMNS, type Enrolled } from '../enrolment/enrolment-states.service.js';
import type { MayBeSentBefore } from './decide-due.js';
import { DueStepPlanner } from './due-step-planner.service.js';

/** Result of one claim. */
export interface ClaimedSteps {
  readonly leased: readonly LeasedMessage[];
  /** Partners that have more due than was claimed. */
  readonly withBacklog: ReadonlySet<PartnerId>;
  /** Milliseconds until the next claim. */
  readonly waitMs: number;
  readonly isHalted: boolean;
}

/** Milliseconds until the next claim when nothing is due. */
export const IDLE_MS = 250;
const HALTED: ClaimedSteps = { leased: [], withBacklog: new Set(), waitMs: IDLE_MS, isHalted: true };

const CLAIM = systemActor('scheduler');

/** Turns enrolments that fell due into leased messages. */
@Injectable()
export class DueStepClaims {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
    private readonly halts: Halts,
    private readonly epochs: InstanceEpochs,
    private readonly queue: DueQueue,
    private readonly planner: DueStepPlanner,
  ) {}

  /**
   * Claim, ledger rows and step executions are written in one transaction: a
   * crash leaves all of them or none.
   */
  claim(whose: PartnerSelection, limit: number): Promise<ClaimedSteps> {
    return this.database.inTransaction(CLAIM, async () => {
      if ((await this.halts.inForce()).everything) return HALTED;
      const life = await this.epochs.verify(CLAIM);
      if (life.kind === 'restored') return HALTED;
      const now = this.clock.now();
      const { due, withBacklog: behind, isMore } = await this.queue.claim(now, limit, whose);
      if (due.length === 0)
        return { leased: [], withBacklog: behind, waitMs: isMore ? 0 : await this.untilNextMs(now), isHalted: false };
      await this.epochs.countClaim();
      const enrolments = await this.database.query<Enrolled>(
        `SELECT ${ENROLMENT_COLUMNS} FROM sequences.enrolment e WHERE id = ANY ($1) AND state = 'waiting'`,
        [due.map(({ enrolmentId }) => enrolmentId)],
      );
      // If a daily limit does not cover all of them, the earliest due come
      // first.
      enrolments.sort((a, b) => byDueTime({ ...a, enrolmentId: a.id }, { ...b, enrolmentId: b.id }));
      const isDoubtful: MayBeSentBefore = ({ dueAt }) =>
        life.uncertainUntil !== null && dueAt !== null && dueAt <= life.uncertainUntil;
      // Halts are read under the lock that `lift` waits for: `lift` requeues
      // all enrolments that are left out here because of a halt.
      const planned = await this.planner.plan(enrolments, await this.halts.inForce(), now, isDoubtful);
      const running = await this.database.query<{ id: EnrolmentId }>(
        `UPDATE sequences.enrolment SET state = 'running' WHERE id = ANY ($1) AND state = 'waiting' RETURNING id`,
        [planned.map(({ enrolmentId }) => enrolmentId)],
      );
      const begun = new Set(running.map(({ id }) => id));
      const leased = await this.ledger.planLeased(planned.filter(({ enrolmentId }) => begun.has(enrolmentId)));
      await this.writeSteps(leased, now);
      await this.epochs.markUnknown(leased.filter(isDoubtful).map(({ id }) => id));
      const certain = leased.filter((message) => !isDoubtful(message));
      return { leased: certain, withBacklog: behind, waitMs: isMore ? 0 : IDLE_MS, isHalted: false };
    });
  }

  /**
   * The next claim runs when the next enrolment is due, at the latest after the
   * idle interval.
   */
  private async untilNextMs(now: Date): Promise<number> {
    const nextAt = await this.queue.nextDueAt();
    // Enrolments that are due but were not claimed are locked by another
    // scheduler.
    if (nextAt === null || nextAt <= now) return IDLE_MS;
    return Math.min(IDLE_MS, nextAt.getTime() - now.getTime());
  }

  private async writeSteps(leased: readonly LeasedMessage[], now: Date): Promise<void> {
    if (leased.length === 0) return;
    const steps = unnestRows(
      leased,
      {
        enrolmentId: 'uuid',
        stepKey: 'text',
        occurrence: 'int',
        activationId: 'uuid',
        partnerId: 'uuid',
        contactId: 'uuid',
        id: 'uuid',
      },
      [now],
    );
    await this.database.query(
      `INSERT INTO sequences.step_execution (enrolment_id, step_key, occurrence, activation_id, partner_id, contact_id, message_id, outcome, reason, decided_at)
       SELECT given.*, 'pending', 'pending', $1 FROM ${steps.from} ON CONFLICT DO NOTHING`,
      steps.parameters,
    );
  }
}
