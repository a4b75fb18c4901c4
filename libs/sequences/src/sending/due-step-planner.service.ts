import { Injectable } from '@nestjs/common';
import { Activations, type RunningActivation } from '#activations';
import { Database } from '#database';
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
 * A partner that waits for a busy relay is skipped for so long, and other
 * partners are claimed.
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
    private readonly activations: Activations,
    private readonly queue: DueQueue,
    private readonly transport: MailTransport,
    private readonly inbox: SequenceInbox,
    private readonly limits: DailyLimits,
    private readonly inFlight: InFlightChunks,
    private readonly unreadable: UnreadableActivations,
  ) {}

  /**
   * In the open transaction. @returns messages for what may be sent now.
   * What is held or halted stays out of the queue until it is resumed.
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
   * What is to be done with each. An activation that cannot be read or judged
   * is put off as a whole, and nobody else with it.
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
        const found = await this.activations.forSending(CLAIM, activationId);
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

  /**
   * Whether the vendor's relays are away, or have in hand here what they can
   * take.
   */
  private areRelaysBusy(vendorId: VendorId): boolean {
    return this.transport.backOffMs(vendorId) > 0 || this.inFlight.isSaturated(vendorId);
  }

  /**
   * Puts back what its relays cannot take now, behind what else its partner has
   * due: mail of another vendor goes before it is looked at again. A partner
   * who had nothing else in this claim is passed over for a moment, or its
   * backlog would be gone through without a pause.
   */
  private async deferToQueue(resting: readonly Enrolled[], all: readonly Enrolled[], now: Date): Promise<void> {
    if (resting.length === 0) return;
    const left = new Set(resting);
    const others = new Set(all.filter((one) => !left.has(one)).map(({ partnerId }) => partnerId));
    await this.requeue(resting, new Date(now.getTime() + BUSY_RELAY_DELAY_MS));
    const alone = new Set(resting.map(({ partnerId }) => partnerId).filter((id) => !others.has(id)));
    await this.queue.pausePartners([...alone], PAUSE_MS);
  }

  /**
   * Has them looked at again later; the moment at which each fell due stays its
   * own.
   */
  private async requeue(enrolled: readonly Enrolled[], dueAt: Date): Promise<void> {
    for (const [partnerId, rows] of groupBy(enrolled, (one) => one.partnerId))
      await this.queue.enqueue(
        partnerId,
        rows.map(({ id: enrolmentId }) => ({ enrolmentId, dueAt })),
      );
  }

  private async postpone(late: readonly Delayed[]): Promise<void> {
    if (late.length === 0) return;
    await this.database.query(
      `UPDATE sequences.enrolment e SET due_at = l.due_at FROM unnest($1::uuid[], $2::timestamptz[]) l (id, due_at) WHERE e.id = l.id`,
      [late.map(({ enrolment }) => enrolment.id), late.map(({ dueAt }) => dueAt)],
    );
    for (const [partnerId, rows] of groupBy(late, ({ enrolment }) => enrolment.partnerId))
      await this.queue.enqueue(
        partnerId,
        rows.map(({ enrolment, dueAt }) => ({ enrolmentId: enrolment.id, dueAt })),
      );
  }
}
