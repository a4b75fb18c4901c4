import { Injectable, Logger } from '@nestjs/common';
import { Database, unnestRows } from '#database';
import { Clock, type PartnerId, systemActor } from '#kernel';
import { DueQueue } from '../enrolment/due-queue.service.js';
import type { Enrolled } from '../enrolment/enrolment-states.service.js';
import { InboxMoves } from './inbox-moves.service.js';
import type { InboxItem } from './next-state.js';
import { Readmissions } from './readmissions.service.js';
import { PartnerRoundRobin } from '../enrolment/partner-round-robin.service.js';

/** The result of one round. */
interface InboxRound {
  /** Milliseconds until the next one. */
  readonly waitMs: number;
  /**
   * Whether a contact has reached an e-mail, or a step of another kind, that is
   * due now.
   */
  readonly isDue: boolean;
}
interface InboxBatch {
  readonly count: number;
  /** The earliest due time of the moved contacts; null for none. */
  readonly earliest: Date | null;
}

/**
 * PostgreSQL channel for new inbox entries.
 * A trigger notifies it: libs/database/functions/sequences.notify_inbox.sql.
 */
export const INBOX_CHANNEL = 'throughline_sequence_inbox';

const BATCH = 100;
/** A notification may be lost if no process listens. */
const POLL_MS = 250;
/** Delay of the retry of a failed entry; the others of its batch continue. */
const RETRY_MS = 30_000;

const LOOK = systemActor('scheduler');

/**
 * Moves contacts by interactions, and through steps other than e-mails.
 * An inbox entry is deleted in the transaction that moves its contact.
 * So it counts exactly once after any crash, in any number of processes.
 * Triggers fill the inbox: libs/database/functions/sequences.enqueue_interaction.sql and
 * sequences.enqueue_*.sql.
 */
@Injectable()
export class SequenceInbox {
  private readonly logger = new Logger(SequenceInbox.name);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly queue: DueQueue,
    private readonly roundRobin: PartnerRoundRobin,
    private readonly moves: InboxMoves,
    private readonly readmissions: Readmissions,
  ) {}

  /**
   * Adds due steps other than e-mails to the inbox, in the open transaction of
   * the claim.
   */
  async addDue(enrolled: readonly Pick<Enrolled, 'id' | 'partnerId' | 'dueAt'>[]): Promise<void> {
    if (enrolled.length === 0) return;
    const rows = unnestRows(enrolled, {
      id: 'uuid',
      partnerId: 'uuid',
      at: ['timestamptz', ({ dueAt }) => dueAt ?? this.clock.now()],
    });
    await this.database.query(
      `INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, at) SELECT id, partner_id, 'due', at FROM ${rows.from}`,
      rows.parameters,
    );
  }

  /**
   * Ends the wait of clicks, which is machine time. For a clock that was moved past it.
   */
  async endWaits(): Promise<void> {
    await this.database.inTransaction(LOOK, () =>
      this.database.query(
        `UPDATE sequences.inbox SET not_before = clock_timestamp() WHERE kind = 'click' AND not_before > clock_timestamp()`,
      ),
    );
  }

  /**
   * One round for some partners.
   * @returns the milliseconds until the next one, and whether a contact became
   *   due in it.
   */
  async processReady(): Promise<InboxRound> {
    const { partners, isMore, nextMs } = await this.roundRobin.next();
    const now = this.clock.now();
    const taken: InboxBatch[] = [];
    for (const id of partners) taken.push(await this.processPartner(id));
    const isBehind = taken.some(({ count }) => count === BATCH) || (isMore && taken.some(({ count }) => count > 0));
    return {
      // A turn that waits for its moment is taken at that moment.
      waitMs: isBehind ? 0 : Math.min(POLL_MS, Math.ceil(nextMs ?? POLL_MS)),
      isDue: taken.some(({ earliest }) => earliest !== null && earliest <= now),
    };
  }

  /** If a batch fails, each item is tried alone, then postponed. */
  private async processPartner(partnerId: PartnerId): Promise<InboxBatch> {
    try {
      return await this.processBatch(partnerId, BATCH);
    } catch (error) {
      this.logger.warn(`A batch of turns failed; they are taken one by one. ${String(error)}`);
    }
    for (let at = 0; at < BATCH; at++) {
      try {
        if ((await this.processBatch(partnerId, 1)).count === 0) break;
      } catch (error) {
        this.logger.error('A turn failed; it is tried again.', error);
        await this.retryFirstLater(partnerId);
      }
    }
    return { count: 0, earliest: null };
  }

  private async processBatch(partnerId: PartnerId, limit: number): Promise<InboxBatch> {
    const actor = systemActor('scheduler', { partnerId });
    const { turns, earliest } = await this.database.inTransaction(actor, async () => {
      const taken = await this.database.query<InboxItem>(
        `DELETE FROM sequences.inbox t WHERE id IN (
           SELECT id FROM sequences.inbox WHERE partner_id = $1 AND not_before <= clock_timestamp() ORDER BY not_before, id LIMIT $2 FOR UPDATE SKIP LOCKED)
         RETURNING id, enrolment_id, kind, name, source_id, at,
           kind = 'click' AND NOT EXISTS (SELECT 1 FROM engagement.certain_click c WHERE c.id = t.source_id) AS is_uncertain`,
        [partnerId, limit],
      );
      const ofKind = (wanted: InboxItem['kind']): InboxItem[] => taken.filter(({ kind }) => kind === wanted);
      const news = taken.filter(
        ({ kind, isUncertain }) => !isUncertain && kind !== 'machine-click' && kind !== 'readmission',
      );
      const again = await this.moves.reverseClicks(partnerId, ofKind('machine-click'));
      const moved = await this.moves.moveContacts(partnerId, news);
      const readmitted = await this.readmissions.readmit(partnerId, lastingReadmissions(taken));
      return { turns: taken, earliest: first(again, first(moved, readmitted)) };
    });
    // After the transaction: a claim locks the partner's queue row first.
    // If the process dies here, the sweep finds it.
    if (earliest !== null) await this.database.inTransaction(actor, () => this.queue.announce(partnerId, earliest));
    return { count: turns.length, earliest };
  }

  /** Postpones the first entry, which failed. */
  private async retryFirstLater(partnerId: PartnerId): Promise<void> {
    await this.database.inTransaction(LOOK, () =>
      this.database.query(
        `UPDATE sequences.inbox SET not_before = clock_timestamp() + $2 * interval '1 millisecond' WHERE id = (
           SELECT id FROM sequences.inbox WHERE partner_id = $1 AND not_before <= clock_timestamp() ORDER BY not_before, id LIMIT 1)`,
        [partnerId, RETRY_MS],
      ),
    );
  }
}

/** A contact that left again after its readmission does not return. */
function lastingReadmissions(taken: readonly InboxItem[]): InboxItem[] {
  const leaves = taken.filter(({ kind }) => kind === 'leave' || kind === 'exclusion');
  return taken.filter(
    ({ id, kind, enrolmentId }) =>
      kind === 'readmission' &&
      !leaves.some((leave) => leave.enrolmentId === enrolmentId && Number(leave.id) > Number(id)),
  );
}

const first = (one: Date | null, other: Date | null): Date | null =>
  one === null || (other !== null && other < one) ? other : one;
