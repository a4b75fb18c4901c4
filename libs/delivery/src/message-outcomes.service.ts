import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { MessageId } from '#kernel';
import type { MessageState } from './message-state.js';

/** What outside evidence settles, later than the relay's answer. */
export type MessageOutcome =
  | { readonly state: 'delivered' }
  | { readonly state: 'complained' }
  | { readonly state: 'bounced'; readonly kind: 'hard' | 'soft' | 'block' | 'unknown' };

/** The same, or of what was unknown only that the relay has it. */
export type MessageEvidence = MessageOutcome | { readonly state: 'accepted' };

/**
 * What may follow what: the further on, the graver. A soft bounce is graver than a block, for three of them in a row give an address up, and
 * that must not depend on what was told first.
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

/** What became of messages after the relay had them, as far as anybody told. */
@Injectable()
export class MessageOutcomes {
  constructor(private readonly database: Database) {}

  /**
   * accepted → delivered, bounced or complained, in the open transaction; of several outcomes the gravest stays, in whatever order they are
   * told. Evidence about an unknown message also says that the relay had taken it. When it was handed over stays: numbers go by that day.
   * @returns its state now, locked; `handing_off` when a process has it in hand right now, and null when there is none.
   */
  async record(id: MessageId, outcome: MessageEvidence): Promise<MessageState | null> {
    const reason = reasonOf(outcome);
    const lighter = GRAVITY.slice(0, GRAVITY.indexOf(reason));
    await this.database.query(
      `UPDATE delivery.message SET state = $2, reason = $3, unknown_since = NULL
       WHERE id = $1 AND (state = 'unknown' OR (state = 'accepted' AND $2 <> 'accepted') OR (state IN ('delivered', 'bounced') AND reason = ANY ($4)))`,
      [id, outcome.state, reason, lighter],
    );
    const [now] = await this.database.query<{ state: MessageState }>(
      'SELECT state FROM delivery.message WHERE id = $1 FOR UPDATE',
      [id],
    );
    return now?.state ?? null;
  }
}
