import { Injectable } from '@nestjs/common';
import { type RunningActivation, RunningActivations } from '#activations';
import { Database, unnestRows } from '#database';
import type { HaltsInForce, PlannedMessage } from '#delivery';
import { type ActivationId, groupBy, systemActor, type VendorId } from '#kernel';
import { MailTransport } from '#mailer';
import { DailyLimits } from '../enrolment/daily-limits.service.js';
import { BUSY_RELAY_DELAY_MS, DueQueue } from '../enrolment/due-queue.service.js';
import type { Enrolled } from '../enrolment/enrolment-states.service.js';
import { UNREADABLE_RETRY_MS, UnreadableActivations } from '../enrolment/unreadable-activations.service.js';
import { SequenceInbox } from '../moving/sequence-inbox.service.js';
import { decideDue, type Delayed, type DueDecisions, type MayBeSentBefore } from './decide-due.js';
import { InFlightChunks } from './in-flight-chunks.service.js';

const CLAIM = systemActor('scheduler');
/**
 * A partner with only messages for busy relays is not claimed for this time,
 * and other partners are.
 */
const PAUSE_MS = 1_000;

/**
 * Decides what happens to enrolments that fell due: a message, the inbox, a
 * later day, or back into the queue.
 */
@Injectable()
export class DueStepPlanner {
  constructor(
    private readonly database: Database,
    private readonly running: RunningActivations,
    private readonly queue: DueQueue,
    private readonly transport: MailTransport,
    private readonly inbox: SequenceInbox,
    private readonly limits: DailyLimits,
    private readonly inFlight: InFlightChunks,
    private readonly unreadable: UnreadableActivations,
  ) {}

  /**
   * In the open transaction. Held or halted enrolments stay out of the queue
   * until they are resumed.
   * @returns the messages that may be sent now.
   */
  async plan(
    due: readonly Enrolled[],
    halts: HaltsInForce,
    now: Date,
    isDoubtful: MayBeSentBefore,
  ): Promise<PlannedMessage[]> {
    const {
      running,
      planned,
      delayed: late,
      forInbox: turns,
      relaysBusy: resting,
    } = await this.decide(due, halts, now, isDoubtful);
    await this.inbox.addDue(turns);
    const certain = planned.filter((message) => !isDoubtful(message));
    const over = await this.limits.overLimit(certain, running, now);
    const byId = new Map(due.map((one) => [one.id, one]));
    for (const { enrolmentId, dueAt } of over) {
      const enrolment = byId.get(enrolmentId);
      if (enrolment !== undefined) late.push({ enrolment, dueAt });
    }
    await this.postpone(late);
    await this.deferToQueue(resting, due, now);
    const waits = new Set(over.map(({ enrolmentId }) => enrolmentId));
    return planned.filter(({ enrolmentId }) => !waits.has(enrolmentId));
  }

  /**
   * Decides on each enrolment. An activation that cannot be read or evaluated
   * is postponed as a whole; other activations continue.
   */
  private async decide(
    due: readonly Enrolled[],
    halts: HaltsInForce,
    now: Date,
    isDoubtful: MayBeSentBefore,
  ): Promise<DueDecisions & { readonly running: ReadonlyMap<ActivationId, RunningActivation> }> {
    const running = new Map<ActivationId, RunningActivation>();
    const all: DueDecisions = { planned: [], delayed: [], forInbox: [], relaysBusy: [] };
    for (const [activationId, enrolled] of groupBy(due, (one) => one.activationId)) {
      try {
        const found = await this.running.forSending(CLAIM, activationId);
        if (found.activation.status !== 'active' || !found.versionLive) continue;
        if (halts.covers({ ...found.activation, activationId })) continue;
        const rests = this.areRelaysBusy(found.activation.vendorId);
        const own = decideDue(found, enrolled, now, { isDoubtful, rests });
        running.set(activationId, found);
        all.planned.push(...own.planned);
        all.delayed.push(...own.delayed);
        all.forInbox.push(...own.forInbox);
        all.relaysBusy.push(...own.relaysBusy);
      } catch (error) {
        this.unreadable.report('claim', activationId, error);
        await this.requeue(enrolled, new Date(now.getTime() + UNREADABLE_RETRY_MS));
      }
    }
    return { ...all, running };
  }

  /** Whether the vendor's relays are unavailable or saturated. */
  private areRelaysBusy(vendorId: VendorId): boolean {
    return this.transport.backOffMs(vendorId) > 0 || this.inFlight.isSaturated(vendorId);
  }

  /**
   * Requeues enrolments whose relays are busy, behind the other due enrolments
   * of their partner, so that e-mails of other vendors come first. A partner
   * with nothing else in this claim is paused for a moment. Otherwise the
   * scheduler would go through its backlog without a pause.
   */
  private async deferToQueue(resting: readonly Enrolled[], all: readonly Enrolled[], now: Date): Promise<void> {
    if (resting.length === 0) return;
    const left = new Set(resting);
    const others = new Set(all.filter((one) => !left.has(one)).map(({ partnerId }) => partnerId));
    await this.requeue(resting, new Date(now.getTime() + BUSY_RELAY_DELAY_MS));
    const alone = new Set(resting.map(({ partnerId }) => partnerId).filter((id) => !others.has(id)));
    await this.queue.pausePartners([...alone], PAUSE_MS);
  }

  /** Queues enrolments for another check. Their own due times do not change. */
  private async requeue(enrolled: readonly Enrolled[], dueAt: Date): Promise<void> {
    for (const [partnerId, rows] of groupBy(enrolled, (one) => one.partnerId))
      await this.queue.enqueue(
        partnerId,
        rows.map(({ id: enrolmentId }) => ({ enrolmentId, dueAt })),
      );
  }

  private async postpone(late: readonly Delayed[]): Promise<void> {
    if (late.length === 0) return;
    const rows = unnestRows(late, { id: ['uuid', ({ enrolment }) => enrolment.id], dueAt: 'timestamptz' });
    await this.database.query(
      `UPDATE sequences.enrolment e SET due_at = given.due_at FROM ${rows.from} WHERE e.id = given.id`,
      rows.parameters,
    );
    for (const [partnerId, rows] of groupBy(late, ({ enrolment }) => enrolment.partnerId))
      await this.queue.enqueue(
        partnerId,
        rows.map(({ enrolment, dueAt }) => ({ enrolmentId: enrolment.id, dueAt })),
      );
  }
}
