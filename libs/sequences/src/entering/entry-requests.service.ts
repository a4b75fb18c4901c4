import { Injectable, Logger } from '@nestjs/common';
import { Database } from '#database';
import { type PartnerId, systemActor } from '#kernel';
import { EntryRoundRobin } from '../enrolment/partner-round-robin.service.js';
import { Entries } from './entries.service.js';

/**
 * PostgreSQL channel for new requests to enter.
 * A trigger notifies it: libs/database/functions/sequences.notify_entries.sql.
 */
export const ENTRY_CHANNEL = 'throughline_sequence_entries';

/** The result of one round. */
interface EntryRound {
  /** Milliseconds until the next one. */
  readonly waitMs: number;
  /** Whether a contact has entered, and may be due now. */
  readonly hasEntered: boolean;
}

/** A notification may be lost if no process listens. */
const POLL_MS = 250;
/** Delay of the retry of a failed request; the others of its batch continue. */
const RETRY_MS = 30_000;
/** Requests of one transaction: as many as a launch enrols in one. */
const BATCH = 500;

const LOOK = systemActor('scheduler');

/** Takes the requests to enter, partner by partner. */
@Injectable()
export class EntryRequests {
  private readonly logger = new Logger(EntryRequests.name);

  constructor(
    private readonly database: Database,
    private readonly roundRobin: EntryRoundRobin,
    private readonly entries: Entries,
  ) {}

  /** One round for some partners. */
  async processReady(): Promise<EntryRound> {
    const { partners, isMore, nextMs } = await this.roundRobin.next();
    let isBehind = isMore;
    let entered = 0;
    for (const partnerId of partners) {
      const taken = await this.processPartner(partnerId);
      isBehind ||= taken.count === BATCH;
      entered += taken.entered;
    }
    return { waitMs: isBehind ? 0 : Math.min(POLL_MS, Math.ceil(nextMs ?? POLL_MS)), hasEntered: entered > 0 };
  }

  /** If a batch fails, each request is tried alone, then postponed. */
  private async processPartner(partnerId: PartnerId): Promise<{ count: number; entered: number }> {
    try {
      return await this.entries.take(partnerId, BATCH);
    } catch (error) {
      this.logger.warn(`A batch of requests to enter failed; they are taken one by one. ${String(error)}`);
    }
    let entered = 0;
    for (let at = 0; at < BATCH; at++)
      try {
        const taken = await this.entries.take(partnerId, 1);
        if (taken.count === 0) break;
        entered += taken.entered;
      } catch (error) {
        this.logger.error('A request to enter failed; it is tried again.', error);
        await this.retryFirstLater(partnerId);
      }
    return { count: 0, entered };
  }

  /** Postpones the first request, which failed. */
  private async retryFirstLater(partnerId: PartnerId): Promise<void> {
    await this.database.inTransaction(LOOK, () =>
      this.database.query(
        `UPDATE sequences.entry_request SET not_before = clock_timestamp() + $2 * interval '1 millisecond' WHERE id = (
           SELECT id FROM sequences.entry_request WHERE partner_id = $1 AND not_before <= clock_timestamp() ORDER BY is_bulk, not_before, id LIMIT 1)`,
        [partnerId, RETRY_MS],
      ),
    );
  }
}
