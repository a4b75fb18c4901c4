import { Injectable } from '@nestjs/common';
import { Activations, type RunningActivation } from '#activations';
import { Database } from '#database';
import type { MessageState, PlannedMessage } from '#delivery';
import { type ActivationId, Clock, type PartnerId, type SystemActor, systemActor } from '#kernel';
import { refreshQueue } from './enrolments.service.js';
import type { ReasonCode } from './reason.js';
import { nextStanding } from './sequence.js';

type Outcome = 'sent' | 'skipped' | 'failed';

interface Decided {
  readonly message: PlannedMessage;
  readonly running: RunningActivation;
}

/** Settled messages that are taken on in one go. */
const PAGE = 500;
const OUTCOME_OF: Partial<Record<MessageState, Outcome>> = {
  accepted: 'sent',
  skipped: 'skipped',
  failed: 'failed',
  unknown: 'failed',
};

const SWEEP = systemActor('scheduler');

/** What became of a step, and where its contact goes from there. */
@Injectable()
export class StepOutcomes {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly activations: Activations,
  ) {}

  /** Writes the one outcome of a step, once, and moves its contact on. A person who left leaves the sequence. */
  async record(actor: SystemActor, { message, running }: Decided, outcome: Outcome, reason: ReasonCode): Promise<void> {
    const now = this.clock.now();
    const leaves = reason === 'unsubscribed' || reason === 'suppressed' || reason === 'contact-gone';
    await this.database.inTransaction(actor, async () => {
      const written = await this.database.query(
        `UPDATE sequences.step_execution SET outcome = $4, reason = $5, decided_at = $6
         WHERE enrolment_id = $1 AND step_key = $2 AND occurrence = $3 AND outcome = 'pending' RETURNING step_key`,
        [message.enrolmentId, message.stepKey, message.occurrence, outcome, reason, now],
      );
      const [enrolment] = await this.database.query<{ position: number; timeZone: string }>(
        'SELECT position, time_zone AS "timeZone" FROM sequences.enrolment WHERE id = $1 FOR UPDATE',
        [message.enrolmentId],
      );
      if (written.length === 0 || enrolment === undefined) return;
      const standing = nextStanding(running.sequence, enrolment.position + 1, now, enrolment.timeZone);
      const state =
        running.activation.status === 'stopped' || !running.versionLive
          ? 'stopped'
          : leaves
            ? 'exited'
            : standing.kind === 'completed'
              ? 'completed'
              : 'waiting';
      await this.database.query(
        `UPDATE sequences.enrolment SET state = $2, position = $3, due_at = $4 WHERE id = $1 AND state = 'running'`,
        [
          message.enrolmentId,
          state,
          standing.kind === 'waiting' ? standing.position : enrolment.position,
          state === 'waiting' && standing.kind === 'waiting' ? standing.dueAt : null,
        ],
      );
    });
  }

  /** Says when something of this partner is due next, and completes activations in which nobody is under way any more. */
  async conclude(partnerId: PartnerId, activationIds: readonly ActivationId[]): Promise<void> {
    const actor = systemActor('scheduler', { partnerId });
    await this.database.inTransaction(actor, () => refreshQueue(this.database, partnerId));
    for (const id of new Set(activationIds)) {
      const [open] = await this.database.inTransaction(actor, () =>
        this.database.query<{ open: boolean }>(
          `SELECT a.enrolled_at IS NULL OR EXISTS (SELECT 1 FROM sequences.enrolment e WHERE e.activation_id = a.id AND e.state IN ('waiting', 'running')) AS open FROM activations.activation a WHERE a.id = $1`,
          [id],
        ),
      );
      if (open?.open === false) await this.activations.complete(id, partnerId);
    }
  }

  /** Moves on those whose message was settled by a sweep or a journal: the process that had it in hand was gone. Safe to repeat. */
  async catchUp(): Promise<void> {
    const left = await this.database.inTransaction(SWEEP, () =>
      this.database.query<PlannedMessage & { state: MessageState; reason: ReasonCode }>(
        `SELECT m.enrolment_id AS "enrolmentId", m.step_key AS "stepKey", m.occurrence, m.partner_id AS "partnerId", m.vendor_id AS "vendorId",
           m.activation_id AS "activationId", m.contact_id AS "contactId", m.email_key AS "emailKey", m.state, m.reason
         FROM sequences.step_execution s JOIN delivery.message m ON m.id = s.message_id
         WHERE s.outcome = 'pending' AND m.state = ANY ($1) ORDER BY s.decided_at LIMIT $2`,
        [Object.keys(OUTCOME_OF), PAGE],
      ),
    );
    for (const message of left) {
      const actor = systemActor('scheduler', { partnerId: message.partnerId });
      const running = await this.activations.forSending(actor, message.activationId);
      await this.record(actor, { message, running }, OUTCOME_OF[message.state] ?? 'failed', message.reason);
      await this.conclude(message.partnerId, [message.activationId]);
    }
  }
}
