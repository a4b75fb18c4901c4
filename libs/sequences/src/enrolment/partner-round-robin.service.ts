import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type PartnerId, systemActor } from '#kernel';

/** Whose turns come now. */
interface NextPartners {
  readonly partners: readonly PartnerId[];
  /** Whether others may have turns that wait. */
  readonly isMore: boolean;
  /**
   * Milliseconds until the next row with a later time; null for none.
   */
  readonly nextMs: number | null;
}

/** Partners served in one round. */
const PARTNERS = 10;
/** Before every other (RFC 9562, section 5.9). */
const FIRST = '00000000-0000-0000-0000-000000000000';
const LOOK = systemActor('scheduler');

/** Tables of rows that wait for a partner's turn. */
type WaitingRows = 'sequences.inbox' | 'sequences.entry_request';

/**
 * The order in which partners' rows are processed: round robin.
 * So a partner with few rows does not wait for another's hundred thousand.
 */
class RoundRobin {
  /**
   * The partner that this process served last.
   * Other processes start elsewhere.
   * Where two meet, `SKIP LOCKED` separates them.
   */
  private last = FIRST;

  constructor(
    private readonly database: Database,
    private readonly table: WaitingRows,
  ) {}

  /** The next partners with due rows, after the one served last. */
  async next(): Promise<NextPartners> {
    return this.database.inTransaction(LOOK, async () => {
      // Most polls find nothing: that costs two index entries, for any number
      // of later partners.
      const [moments] = await this.database.query<{ isReady: boolean | null; nextMs: number | null }>(
        `SELECT min(not_before) <= clock_timestamp() AS is_ready,
           (extract(epoch FROM (SELECT min(not_before) FROM ${this.table}
             WHERE not_before > statement_timestamp()) - clock_timestamp()) * 1000)::float8 AS next_ms
         FROM ${this.table}`,
      );
      const nextMs = moments?.nextMs ?? null;
      if (moments?.isReady !== true) return { partners: [], isMore: false, nextMs };
      const partners = await this.readyAfter(this.last, PARTNERS);
      if (partners.length < PARTNERS && this.last !== FIRST)
        for (const partnerId of await this.readyAfter(FIRST, PARTNERS))
          if (partners.length < PARTNERS && !partners.includes(partnerId)) partners.push(partnerId);
      this.last = partners.at(-1) ?? FIRST;
      return { partners, isMore: partners.length === PARTNERS, nextMs };
    });
  }

  /**
   * Steps from partner to partner, one index entry each, until `count` are
   * found.
   */
  private async readyAfter(last: string, count: number): Promise<PartnerId[]> {
    const next = (after: string): string =>
      `SELECT partner_id, not_before FROM ${this.table} WHERE partner_id > ${after} ORDER BY partner_id, not_before LIMIT 1`;
    const rows = await this.database.query<{ partnerId: PartnerId }>(
      `WITH RECURSIVE waiting AS (
         (${next('$1')}) UNION ALL SELECT n.* FROM waiting w CROSS JOIN LATERAL (${next('w.partner_id')}) n)
       SELECT partner_id FROM waiting WHERE not_before <= clock_timestamp() LIMIT $2`,
      [last, count],
    );
    return rows.map(({ partnerId }) => partnerId);
  }
}

/** Turns of partners' inboxes. */
@Injectable()
export class PartnerRoundRobin extends RoundRobin {
  constructor(database: Database) {
    super(database, 'sequences.inbox');
  }
}

/** Turns of partners' requests to enter. */
@Injectable()
export class EntryRoundRobin extends RoundRobin {
  constructor(database: Database) {
    super(database, 'sequences.entry_request');
  }
}
