import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock, type MessageId } from '#kernel';
import type { MessageState } from './message-state.js';

/** What evidence settles after the relay's answer. */
export type MessageOutcome =
  | { readonly state: 'delivered' }
  | { readonly state: 'complained' }
  | { readonly state: 'bounced'; readonly kind: 'hard' | 'soft' | 'block' | 'unknown' };

/** An outcome, or for an unknown message only that the relay accepted it. */
export type MessageEvidence = MessageOutcome | { readonly state: 'accepted' };

/**
 * A later entry replaces an earlier one. A soft bounce is worse than a block,
 * because three soft bounces in a row suppress an address, and the order of the
 * reports must not matter.
 */
const GRAVITY: readonly string[] = [
  'sent',
  'delivered',
  'bounced-unknown',
  'bounced-block',
  'bounced-soft',
  'bounced-hard',
  'complained',
];
const reasonOf = (outcome: MessageEvidence): string => {
  if (outcome.state === 'accepted') return 'sent';
  return outcome.state === 'bounced' ? `bounced-${outcome.kind}` : outcome.state;
};

/**
 * Messages that may have been sent although the ledger does not say so: unknown
 * ones, closed unknown ones, and those that wait for another attempt. An
 * attempt that was not counted was refused before end-of-data.
 */
export const MAY_BE_OUT = `(state IN ('unknown', 'closed_unknown') OR (state IN ('planned', 'leased') AND attempt > 0))`;

/** Writes the outcome of messages that the relay accepted. */
@Injectable()
export class MessageOutcomes {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * accepted → delivered, bounced or complained, in the open transaction. Of
   * several outcomes the worst stays, in any order. Evidence about a message
   * that may have been sent cancels its next attempt. The time of submission
   * stays, because figures are counted by that day.
   * @returns the state now, with the row locked; `releasing` if a process is
   *   submitting it right now; null if there is no such message.
   */
  async record(id: MessageId, outcome: MessageEvidence): Promise<MessageState | null> {
    const reason = reasonOf(outcome);
    const lighter = GRAVITY.slice(0, GRAVITY.indexOf(reason));
    await this.database.query(
      `UPDATE delivery.message SET state = $2, reason = $3, unknown_since = NULL, retry_at = NULL, lease_until = NULL, settled_at = coalesce(settled_at, $5)
       WHERE id = $1 AND (${MAY_BE_OUT} OR (state = 'accepted' AND $2 <> 'accepted') OR (state IN ('delivered', 'bounced') AND reason = ANY ($4)))`,
      [id, outcome.state, reason, lighter, this.clock.now()],
    );
    const [now] = await this.database.query<{ state: MessageState }>(
      'SELECT state FROM delivery.message WHERE id = $1 FOR UPDATE',
      [id],
    );
    return now?.state ?? null;
  }
}
