import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock, type MessageId } from '#kernel';
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

/**
 * Messages that may have gone out though the ledger does not say so: what is unknown or was closed so, and what waits to be tried again. A try
 * that was counted back was refused before anything was taken; whoever is driven again has the one that left it in doubt.
 */
export const MAY_BE_OUT = `(state IN ('unknown', 'closed_unknown') OR (state IN ('planned', 'leased') AND attempt > 0))`;

/** What became of messages after the relay had them, as far as anybody told. */
@Injectable()
export class MessageOutcomes {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * accepted → delivered, bounced or complained, in the open transaction; of several outcomes the gravest stays, in whatever order they are
   * told. Evidence about a message that may be out also says that the relay had taken it: if it was to be sent again, it
   * is not. When it was handed over stays: numbers go by that day.
   * @returns its state now, locked; `handing_off` when a process has it in hand right now, and null when there is none.
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
