import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type ActivationId, Clock, type ContactId, type MessageId, type SystemActor } from '#kernel';
import { reasonSentence } from '../enrolment/reason.js';

/** A step that fell due and has had no outcome for over an hour. */
export interface OverdueStep {
  readonly activationId: ActivationId;
  readonly contactId: ContactId;
  readonly stepKey: string;
  readonly since: Date;
  /** Null for what is no e-mail: its job does it, or is left. */
  readonly messageId: MessageId | null;
  /** In the ledger. */
  readonly state: string | null;
  /** When it is tried again. */
  readonly retryAt: Date | null;
  /** Why it waits, as a sentence; null where none was recorded. */
  readonly sentence: string | null;
  /** What the relay said last. */
  readonly smtp: string | null;
}

const STUCK_MS = 3_600_000;

/**
 * Which steps are stuck: what the number of `SendingReports.figures` consists
 * of. Ids only.
 */
@Injectable()
export class OverdueSteps {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Those that are stuck longest first. */
  async list(actor: SystemActor, limit: number): Promise<OverdueStep[]> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<Omit<OverdueStep, 'sentence'> & { reason: string | null }>(
        `SELECT s.activation_id, s.contact_id, s.step_key, s.decided_at AS since, s.message_id,
           m.state, m.retry_at, m.reason, nullif(concat_ws(' ', m.smtp_code, m.smtp_text), '') AS smtp
         FROM sequences.step_execution s LEFT JOIN delivery.message_view m ON m.id = s.message_id
         WHERE s.outcome = 'pending' AND s.decided_at < $1 ORDER BY s.decided_at, s.contact_id LIMIT $2`,
        [new Date(this.clock.now().getTime() - STUCK_MS), limit],
      ),
    );
    return rows.map(({ reason, ...row }) => ({ ...row, sentence: reason === null ? null : reasonSentence(reason) }));
  }
}
