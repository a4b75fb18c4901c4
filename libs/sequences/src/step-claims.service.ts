import { Injectable } from '@nestjs/common';
import { Activations, type RunningActivation } from '#activations';
import { Database } from '#database';
import { Halts, type HaltsInForce, type LeasedMessage, Ledger, type PlannedMessage } from '#delivery';
import { Jobs } from '#jobs';
import { type ActivationId, Clock, type ContactId, type EnrolmentId, type PartnerId, systemActor } from '#kernel';
import { MailTransport } from '#mailer';
import { DueQueue } from './due-queue.service.js';
import { inWindow, nextStanding } from './sequence.js';
import { CHUNK, SUBMIT_MESSAGES } from './sequences.jobs.js';

/** Enrolments taken in one round. */
const CLAIM = 500;
/**
 * More chunks than this waiting means that sending is behind: claiming more would only let leases run out. The queue is first in, first
 * out, so what waits in it is what a small partner waits behind: with 40, it was 4.6 s behind a backlog of fifty thousand.
 */
const MAX_WAITING = 6;

const TICK = systemActor('scheduler');

interface DueEnrolment {
  readonly id: EnrolmentId;
  readonly activationId: ActivationId;
  readonly partnerId: PartnerId;
  readonly contactId: ContactId;
  readonly position: number;
  readonly timeZone: string;
  readonly dueAt: Date;
}

/** Finds what is due and turns it into leased messages. Safe in any number of processes at once. */
@Injectable()
export class StepClaims {
  // More parameters than elsewhere: a claim brings everything together that decides whether to send now.
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly ledger: Ledger,
    private readonly halts: Halts,
    private readonly activations: Activations,
    private readonly queue: DueQueue,
    private readonly transport: MailTransport,
  ) {}

  /** One round: some partners by who was served longest ago, some enrolments of each. @returns true when there is more. */
  async claimDue(): Promise<boolean> {
    if (this.transport.restsForMs() > 0) return false;
    if ((await this.jobs.waiting(SUBMIT_MESSAGES)) > MAX_WAITING) return false;
    const halts = await this.halts.inForce();
    if (halts.everything) return false;
    const { leased, claimed } = await this.claim(halts);
    await this.dispatch(leased);
    return (await this.claimRetries()) || claimed >= CLAIM;
  }

  /** Claim, ledger rows and step executions in one transaction: after a crash it all happened, or nothing. */
  private claim(halts: HaltsInForce): Promise<{ leased: LeasedMessage[]; claimed: number }> {
    return this.database.inTransaction(TICK, async () => {
      const now = this.clock.now();
      const due = await this.queue.claim(now, CLAIM);
      if (due.length === 0) return { leased: [], claimed: 0 };
      const enrolments = await this.database.query<DueEnrolment>(
        `SELECT e.id, e.activation_id AS "activationId", e.partner_id AS "partnerId", e.contact_id AS "contactId", e.position, e.time_zone AS "timeZone", e.due_at AS "dueAt"
         FROM sequences.enrolment e WHERE e.id = ANY ($1) AND e.state = 'waiting'`,
        [due.map(({ enrolmentId }) => enrolmentId)],
      );
      const planned = await this.plan(enrolments, halts, now);
      const running = await this.database.query<{ id: EnrolmentId }>(
        `UPDATE sequences.enrolment SET state = 'running' WHERE id = ANY ($1) AND state = 'waiting' RETURNING id`,
        [planned.map(({ enrolmentId }) => enrolmentId)],
      );
      const begun = new Set(running.map(({ id }) => id));
      const leased = await this.ledger.planLeased(planned.filter(({ enrolmentId }) => begun.has(enrolmentId)));
      await this.writeSteps(leased, now);
      return { leased, claimed: due.length };
    });
  }

  /** Messages for what may go now. What is held or halted stays out of the queue until it is woken. */
  private async plan(due: readonly DueEnrolment[], halts: HaltsInForce, now: Date): Promise<PlannedMessage[]> {
    const running = new Map<ActivationId, RunningActivation>();
    const planned: PlannedMessage[] = [];
    const late: { enrolment: DueEnrolment; dueAt: Date }[] = [];
    for (const enrolment of due) {
      const { activationId } = enrolment;
      const found = running.get(activationId) ?? (await this.activations.forSending(TICK, activationId));
      running.set(activationId, found);
      const { activation, sequence, versionLive } = found;
      const step = sequence.steps[enrolment.position];
      if (activation.status !== 'active' || !versionLive || step?.kind !== 'email') continue;
      if (halts.covers({ ...activation, activationId })) continue;
      // Fell due, but late: it waits for the window of that person's next day.
      if (!inWindow(sequence, now, enrolment.timeZone)) {
        const standing = nextStanding(sequence, enrolment.position, now, enrolment.timeZone);
        if (standing.kind === 'waiting') late.push({ enrolment, dueAt: standing.dueAt });
      } else
        planned.push({
          ...{ enrolmentId: enrolment.id, stepKey: step.key, occurrence: 1, emailKey: step.email },
          ...{ partnerId: enrolment.partnerId, vendorId: activation.vendorId, activationId },
          ...{ contactId: enrolment.contactId, dueAt: enrolment.dueAt },
        });
    }
    await this.postpone(late);
    return planned;
  }

  private async postpone(late: readonly { enrolment: DueEnrolment; dueAt: Date }[]): Promise<void> {
    if (late.length === 0) return;
    await this.database.query(
      `UPDATE sequences.enrolment e SET due_at = l.due_at FROM unnest($1::uuid[], $2::timestamptz[]) l (id, due_at) WHERE e.id = l.id`,
      [late.map(({ enrolment }) => enrolment.id), late.map(({ dueAt }) => dueAt)],
    );
    for (const [partnerId, rows] of groupBy(late, ({ enrolment }) => enrolment.partnerId))
      await this.queue.put(
        partnerId,
        rows.map(({ enrolment, dueAt }) => ({ enrolmentId: enrolment.id, dueAt })),
      );
  }

  private async writeSteps(leased: readonly LeasedMessage[], now: Date): Promise<void> {
    if (leased.length === 0) return;
    await this.database.query(
      `INSERT INTO sequences.step_execution (enrolment_id, step_key, occurrence, activation_id, partner_id, contact_id, message_id, outcome, reason, decided_at)
       SELECT m.enrolment, m.step, 1, m.activation, m.partner, m.contact, m.id, 'pending', 'pending', $1
       FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[]) m (enrolment, step, activation, partner, contact, id) ON CONFLICT DO NOTHING`,
      [
        now,
        leased.map((m) => m.enrolmentId),
        leased.map((m) => m.stepKey),
        leased.map((m) => m.activationId),
        leased.map((m) => m.partnerId),
        leased.map((m) => m.contactId),
        leased.map((m) => m.id),
      ],
    );
  }

  /** Messages that were refused for now, or whose process died before handing over. */
  private async claimRetries(): Promise<boolean> {
    const again = await this.ledger.leasePlanned(CLAIM / 4);
    await this.dispatch(again);
    return again.length === CLAIM / 4;
  }

  /** A chunk has one partner: what it reads of contacts it reads in that partner's scope. */
  private async dispatch(leased: readonly LeasedMessage[]): Promise<void> {
    const chunks = [...groupBy(leased, ({ partnerId }) => partnerId)].flatMap(([partnerId, messages]) =>
      Array.from({ length: Math.ceil(messages.length / CHUNK) }, (_, at) => ({
        partnerId,
        claims: messages.slice(at * CHUNK, (at + 1) * CHUNK).map(({ id, fence }) => ({ id, fence })),
      })),
    );
    if (chunks.length > 0) await this.jobs.dispatch(SUBMIT_MESSAGES, chunks);
  }
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
