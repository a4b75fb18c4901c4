import { Injectable } from '@nestjs/common';
import { Activations, type RunningActivation } from '#activations';
import { Database } from '#database';
import {
  Halts,
  type HaltsInForce,
  InstanceEpochs,
  type LeasedMessage,
  Ledger,
  type PlannedMessage,
  Retries,
} from '#delivery';
import { type Job, Jobs } from '#jobs';
import {
  type ActivationId,
  Clock,
  type EnrolmentId,
  type PartnerId,
  systemActor,
  type VendorId,
  groupBy,
} from '#kernel';
import { MailTransport } from '#mailer';
import { InFlightChunks } from './in-flight-chunks.service.js';
import { DailyLimits } from '../enrolment/daily-limits.service.js';
import { byDueTime } from '../enrolment/daily-quota.js';
import { DueQueue, BUSY_RELAY_DELAY_MS, type PartnerSelection } from '../enrolment/due-queue.service.js';
import { CHUNK, type Chunk, SUBMIT_FEW, SUBMIT_MESSAGES } from '../enrolment/sequences.jobs.js';
import { type MayBeSentBefore, decideDue, type DueDecisions, type Delayed } from './decide-due.js';
import { UNREADABLE_RETRY_MS, UnreadableActivations } from '../enrolment/unreadable-activations.service.js';
import { ENROLMENT_COLUMNS, type Enrolled } from '../enrolment/enrolment-states.service.js';
import { SequenceInbox } from '../moving/sequence-inbox.service.js';

/**
 * So many chunks may wait in each of the two queues, whoever put them there: what keeps all schedulers busy until the next look, and no more.
 * What waits there is what others wait behind, and what is leased for nothing when Redis is emptied.
 */
const MAX_WAITING = 2;
/** Retries taken in one round. */
const RETRIES = CHUNK;
/** What waits for one of them is passed over for so long: others of its partner have their turn meanwhile. */
const PAUSE_MS = 1_000;
/** Milliseconds until the next look while the queues are full, while one is and nobody waits for the other, and when nothing is due. */
const FULL_MS = 20;
const HALF_FULL_MS = 50;
const IDLE_MS = 250;

const TICK = systemActor('scheduler');

/** What a claim brought. */
interface ClaimedSteps {
  readonly leased: readonly LeasedMessage[];
  readonly withBacklog: ReadonlySet<PartnerId>;
  readonly waitMs: number;
  readonly isHalted: boolean;
}
const HALTED: ClaimedSteps = { leased: [], withBacklog: new Set(), waitMs: IDLE_MS, isHalted: true };

/** Finds what is due and turns it into leased messages. Safe in any number of processes at once. */
@Injectable()
export class StepClaims {
  // More parameters than elsewhere: a claim brings everything together that decides whether to send now.
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly ledger: Ledger,
    private readonly retries: Retries,
    private readonly halts: Halts,
    private readonly epochs: InstanceEpochs,
    private readonly activations: Activations,
    private readonly queue: DueQueue,
    private readonly transport: MailTransport,
    private readonly inbox: SequenceInbox,
    private readonly limits: DailyLimits,
    private readonly inFlight: InFlightChunks,
    private readonly unreadable: UnreadableActivations,
  ) {}

  /**
   * One round: some partners by who was served longest ago, some enrolments of each, as many as the queues have room for. Where only one
   * of them has, whose chunks would go there: a few messages do not wait until a backlog has gone on.
   * @returns how many milliseconds to wait before the next one.
   */
  async claimDue(): Promise<number> {
    if (this.transport.backOffMs() > 0) return IDLE_MS;
    const [room, roomAhead] = await Promise.all([this.room(SUBMIT_MESSAGES), this.room(SUBMIT_FEW)]);
    if (room > 0 && roomAhead > 0) return this.claimAndDispatch('everybody', room);
    if (room <= 0 && roomAhead <= 0) return FULL_MS;
    const whose = room > 0 ? 'behind' : 'not-behind';
    if (!(await this.queue.hasDue(this.clock.now(), whose))) return HALF_FULL_MS;
    return this.claimAndDispatch(whose, Math.max(room, roomAhead));
  }

  /** For how many chunks there is room among those that wait. */
  private async room(job: Job<Chunk, void>): Promise<number> {
    return MAX_WAITING - (await this.jobs.waiting(job));
  }

  private async claimAndDispatch(whose: PartnerSelection, room: number): Promise<number> {
    const { leased, withBacklog: behind, waitMs, isHalted } = await this.claim(whose, room * CHUNK);
    if (isHalted) return IDLE_MS;
    await this.dispatchFairly(leased, behind);
    if (whose !== 'everybody') return FULL_MS;
    return (await this.claimRetries()) ? 0 : waitMs;
  }

  /** Claim, ledger rows and step executions in one transaction: after a crash it all happened, or nothing. */
  private claim(whose: PartnerSelection, limit: number): Promise<ClaimedSteps> {
    return this.database.inTransaction(TICK, async () => {
      if ((await this.halts.inForce()).everything) return HALTED;
      const life = await this.epochs.verify(TICK);
      if (life.kind === 'restored') return HALTED;
      const now = this.clock.now();
      const { due, withBacklog: behind, isMore } = await this.queue.claim(now, limit, whose);
      if (due.length === 0)
        return { leased: [], withBacklog: behind, waitMs: isMore ? 0 : await this.untilNextMs(now), isHalted: false };
      await this.epochs.countClaim();
      const enrolments = await this.database.query<Enrolled>(
        `SELECT ${ENROLMENT_COLUMNS} FROM sequences.enrolment WHERE id = ANY ($1) AND state = 'waiting'`,
        [due.map(({ enrolmentId }) => enrolmentId)],
      );
      // Where a day does not take all of them, nobody goes before who fell due earlier.
      enrolments.sort((a, b) => byDueTime({ ...a, enrolmentId: a.id }, { ...b, enrolmentId: b.id }));
      const isDoubtful: MayBeSentBefore = ({ dueAt }) =>
        life.uncertainUntil !== null && dueAt !== null && dueAt <= life.uncertainUntil;
      // Read under the lock that `lift` waits for: what is left out here for a halt, its lift puts back in.
      const planned = await this.plan(enrolments, await this.halts.inForce(), now, isDoubtful);
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

  /** What falls due before the next look is looked for at its moment. */
  private async untilNextMs(now: Date): Promise<number> {
    const nextAt = await this.queue.nextDueAt();
    // What is due by now and was not taken is in another scheduler's hands.
    if (nextAt === null || nextAt <= now) return IDLE_MS;
    return Math.min(IDLE_MS, nextAt.getTime() - now.getTime());
  }

  /** Messages for what may go now. What is held or halted stays out of the queue until it is woken. */
  private async plan(
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

  /** What is to be done with each. An activation that cannot be read or judged is put off as a whole, and nobody else with it. */
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
        const found = await this.activations.forSending(TICK, activationId);
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

  /** Whether the vendor's relays are away, or have in hand here what they can take. */
  private areRelaysBusy(vendorId: VendorId): boolean {
    return this.transport.backOffMs(vendorId) > 0 || this.inFlight.isSaturated(vendorId);
  }

  /**
   * Puts back what its relays cannot take now, behind what else its partner has due: mail of another vendor goes before it is looked at again.
   * A partner who had nothing else in this claim is passed over for a moment, or its backlog would be gone through without a pause.
   */
  private async deferToQueue(resting: readonly Enrolled[], all: readonly Enrolled[], now: Date): Promise<void> {
    if (resting.length === 0) return;
    const left = new Set(resting);
    const others = new Set(all.filter((one) => !left.has(one)).map(({ partnerId }) => partnerId));
    await this.requeue(resting, new Date(now.getTime() + BUSY_RELAY_DELAY_MS));
    const alone = new Set(resting.map(({ partnerId }) => partnerId).filter((id) => !others.has(id)));
    await this.queue.pausePartners([...alone], PAUSE_MS);
  }

  /** Has them looked at again later; the moment at which each fell due stays its own. */
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

  private async writeSteps(leased: readonly LeasedMessage[], now: Date): Promise<void> {
    if (leased.length === 0) return;
    await this.database.query(
      `INSERT INTO sequences.step_execution (enrolment_id, step_key, occurrence, activation_id, partner_id, contact_id, message_id, outcome, reason, decided_at)
       SELECT m.enrolment, m.step, m.round, m.activation, m.partner, m.contact, m.id, 'pending', 'pending', $1
       FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::int[]) m (enrolment, step, activation, partner, contact, id, round) ON CONFLICT DO NOTHING`,
      [
        now,
        leased.map((m) => m.enrolmentId),
        leased.map((m) => m.stepKey),
        leased.map((m) => m.activationId),
        leased.map((m) => m.partnerId),
        leased.map((m) => m.contactId),
        leased.map((m) => m.id),
        leased.map((m) => m.occurrence),
      ],
    );
  }

  /** Messages that were refused for now, or whose process died before handing over. @returns whether more of them may be due. */
  private async claimRetries(): Promise<boolean> {
    const { messages, backlogged, isMore } = await this.database.inTransaction(TICK, async () => {
      const leased = await this.retries.lease(RETRIES);
      if (leased.messages.length > 0) await this.epochs.countClaim();
      return leased;
    });
    await this.dispatchFairly(messages, backlogged);
    return isMore;
  }

  /** Who has no backlog goes before who has: a few messages do not wait behind thousands. */
  private async dispatchFairly(leased: readonly LeasedMessage[], behind: ReadonlySet<PartnerId>): Promise<void> {
    const [ahead, inTurn] = [false, true].map((is) => leased.filter(({ partnerId }) => behind.has(partnerId) === is));
    await this.dispatch(SUBMIT_FEW, ahead ?? []);
    await this.dispatch(SUBMIT_MESSAGES, inTurn ?? []);
  }

  /**
   * A chunk has one partner: what it reads of contacts it reads in that partner's scope. And one vendor: it locks the allowances of both, and
   * with several vendors two chunks could wait for each other in a circle.
   */
  private async dispatch(job: Job<Chunk, void>, leased: readonly LeasedMessage[]): Promise<void> {
    const inTurn = [...leased].sort(byDueTime);
    const chunks = [...groupBy(inTurn, ({ partnerId }) => partnerId)].flatMap(([partnerId, ofPartner]) =>
      [...groupBy(ofPartner, ({ vendorId }) => vendorId).values()].flatMap((messages) =>
        Array.from({ length: Math.ceil(messages.length / CHUNK) }, (_, at) => ({
          partnerId,
          claims: messages.slice(at * CHUNK, (at + 1) * CHUNK).map(({ id, fence }) => ({ id, fence })),
        })),
      ),
    );
    await this.jobs.dispatch(job, chunks);
  }
}
