import { Injectable } from '@nestjs/common';
import { Activations, type RunningActivation } from '#activations';
import { Database } from '#database';
import { type LeasedMessage, Ledger } from '#delivery';
import { Jobs } from '#jobs';
import {
  type ActivationId,
  Clock,
  type ContactId,
  type EnrolmentId,
  type PartnerId,
  type SystemActor,
  systemActor,
  type VendorId,
} from '#kernel';
import { refreshQueue } from './enrolments.service.js';
import { inWindow, nextStanding } from './sequence.js';
import { CHUNK, SUBMIT_MESSAGES } from './sequences.jobs.js';

/** Partners served in one tick, and enrolments of each: nobody waits behind somebody's hundred thousand. */
const PARTNERS = 8;
const PER_PARTNER = 200;
/** More chunks than this waiting means that sending is behind: claiming more would only let leases run out. */
const MAX_WAITING = 40;

const TICK = systemActor('scheduler');

interface DueEnrolment {
  readonly id: EnrolmentId;
  readonly activationId: ActivationId;
  readonly vendorId: VendorId;
  readonly contactId: ContactId;
  readonly position: number;
  readonly timeZone: string;
}

/** Finds what is due and turns it into leased messages. Safe in any number of processes at once. */
@Injectable()
export class StepClaims {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly ledger: Ledger,
    private readonly activations: Activations,
  ) {}

  /** One round: some partners by who was served longest ago, some enrolments of each. @returns true when there is more. */
  async claimDue(): Promise<boolean> {
    if ((await this.jobs.waiting(SUBMIT_MESSAGES)) > MAX_WAITING) return false;
    const partners = await this.duePartners();
    let more = partners.length === PARTNERS;
    for (const partnerId of partners) more = (await this.claimOf(partnerId)) || more;
    return (await this.claimRetries()) || more;
  }

  private async duePartners(): Promise<PartnerId[]> {
    const rows = await this.database.inTransaction(TICK, () =>
      this.database.query<{ partnerId: PartnerId }>(
        `UPDATE sequences.partner_queue SET last_served = clock_timestamp() WHERE partner_id IN (
           SELECT partner_id FROM sequences.partner_queue WHERE next_due <= $1 ORDER BY last_served LIMIT $2 FOR UPDATE SKIP LOCKED)
         RETURNING partner_id AS "partnerId"`,
        [this.clock.now(), PARTNERS],
      ),
    );
    return rows.map(({ partnerId }) => partnerId);
  }

  private async claimOf(partnerId: PartnerId): Promise<boolean> {
    const actor = systemActor('scheduler', { partnerId });
    const now = this.clock.now();
    const { leased, full } = await this.database.inTransaction(actor, async () => {
      const due = await this.database.query<DueEnrolment>(
        `UPDATE sequences.enrolment e SET state = 'running' FROM activations.activation a
         WHERE a.id = e.activation_id AND e.id IN (
           SELECT w.id FROM sequences.enrolment w JOIN activations.activation x ON x.id = w.activation_id AND x.status = 'active'
           WHERE w.partner_id = $1 AND w.state = 'waiting' AND w.due_at <= $2 ORDER BY w.due_at LIMIT $3 FOR UPDATE OF w SKIP LOCKED)
         RETURNING e.id, e.activation_id AS "activationId", a.vendor_id AS "vendorId", e.contact_id AS "contactId", e.position, e.time_zone AS "timeZone"`,
        [partnerId, now, PER_PARTNER],
      );
      const planned = await this.plan(actor, partnerId, due, now);
      await refreshQueue(this.database, partnerId);
      return { leased: planned, full: due.length === PER_PARTNER };
    });
    await this.dispatch(partnerId, leased);
    return full;
  }

  private async plan(
    actor: SystemActor,
    partnerId: PartnerId,
    due: readonly DueEnrolment[],
    now: Date,
  ): Promise<LeasedMessage[]> {
    const messages: Parameters<Ledger['planLeased']>[0][number][] = [];
    // Read once each: what is due of a launch belongs to one activation, and its first mail waits for this.
    const known = new Map<ActivationId, RunningActivation>();
    for (const enrolment of due) {
      const { activationId } = enrolment;
      const running = known.get(activationId) ?? (await this.activations.forSending(actor, activationId));
      known.set(activationId, running);
      const { sequence } = running;
      const step = sequence.steps[enrolment.position];
      if (step?.kind !== 'email') continue;
      // Fell due, but late: it waits for the window of that person's next day.
      if (!inWindow(sequence, now, enrolment.timeZone))
        await this.postpone(enrolment, nextStanding(sequence, enrolment.position, now, enrolment.timeZone));
      else
        messages.push({
          enrolmentId: enrolment.id,
          stepKey: step.key,
          occurrence: 1,
          partnerId,
          vendorId: enrolment.vendorId,
          activationId: enrolment.activationId,
          contactId: enrolment.contactId,
          emailKey: step.email,
        });
    }
    const leased = await this.ledger.planLeased(messages);
    await this.database.query(
      `INSERT INTO sequences.step_execution (enrolment_id, step_key, occurrence, activation_id, partner_id, contact_id, message_id, outcome, reason, decided_at)
       SELECT m.enrolment, m.step, 1, m.activation, $1, m.contact, m.id, 'pending', 'pending', $2
       FROM unnest($3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[]) m (enrolment, step, activation, contact, id) ON CONFLICT DO NOTHING`,
      [
        partnerId,
        now,
        leased.map((m) => m.enrolmentId),
        leased.map((m) => m.stepKey),
        leased.map((m) => m.activationId),
        leased.map((m) => m.contactId),
        leased.map((m) => m.id),
      ],
    );
    return leased;
  }

  private async postpone(enrolment: DueEnrolment, standing: ReturnType<typeof nextStanding>): Promise<void> {
    if (standing.kind === 'waiting')
      await this.database.query(`UPDATE sequences.enrolment SET state = 'waiting', due_at = $2 WHERE id = $1`, [
        enrolment.id,
        standing.dueAt,
      ]);
  }

  /** Messages that were refused for now, or whose process died before handing over. */
  private async claimRetries(): Promise<boolean> {
    const limit = CHUNK * 4;
    const again = await this.ledger.leasePlanned(limit);
    const byPartner = group(again);
    for (const [partnerId, messages] of byPartner) await this.dispatch(partnerId, messages);
    return again.length === limit;
  }

  private async dispatch(partnerId: PartnerId, leased: readonly LeasedMessage[]): Promise<void> {
    const claims = leased.map(({ id, fence }) => ({ id, fence }));
    const chunks = Array.from({ length: Math.ceil(claims.length / CHUNK) }, (_, at) => ({
      partnerId,
      claims: claims.slice(at * CHUNK, (at + 1) * CHUNK),
    }));
    if (chunks.length > 0) await this.jobs.dispatch(SUBMIT_MESSAGES, chunks);
  }
}

function group(messages: readonly LeasedMessage[]): Map<PartnerId, LeasedMessage[]> {
  const groups = new Map<PartnerId, LeasedMessage[]>();
  for (const message of messages) groups.set(message.partnerId, [...(groups.get(message.partnerId) ?? []), message]);
  return groups;
}
