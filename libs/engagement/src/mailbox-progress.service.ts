import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { systemActor } from '#kernel';

const MAILBOX = systemActor('mailbox');
/** Longer than the slowest mail: to be fetched, passed on and written down. */
const LEASE_MS = 180_000;

/** A mailbox that this process has leased. */
export interface MailboxLease {
  readonly mailboxId: string;
  readonly fence: string;
  readonly uidValidity: string | null;
  readonly lastUid: number;
}

export interface WaitingMail {
  readonly uid: number;
  readonly tries: number;
}

export interface FailedMail {
  readonly mailboxId: string;
  readonly uid: number;
  readonly why: string;
  readonly foundAt: Date;
}

/** How reading goes. */
export interface MailboxState {
  readonly readAt: Date | null;
  /** Since when it cannot be read; null while it can. */
  readonly failingSince: Date | null;
}

/**
 * Read position of a mailbox, in the database: every process continues from it.
 */
@Injectable()
export class MailboxProgress {
  constructor(private readonly database: Database) {}

  /** @returns null while another process reads. */
  async claim(mailboxId: string): Promise<MailboxLease | null> {
    const [lease] = await this.inTransaction<MailboxLease>(
      `INSERT INTO engagement.mailbox AS m (id, leased_until, fence) VALUES ($1, now() + $2 * interval '1 millisecond', 1)
       ON CONFLICT (id) DO UPDATE SET leased_until = EXCLUDED.leased_until, fence = m.fence + 1 WHERE m.leased_until IS NULL OR m.leased_until < now()
       RETURNING id AS mailbox_id, fence::text AS fence, uid_validity, last_uid::int`,
      [mailboxId, LEASE_MS],
    );
    return lease ?? null;
  }

  /** @returns false when it is another process's by now: stop. */
  async renew({ mailboxId, fence }: MailboxLease): Promise<boolean> {
    const mine = await this.inTransaction(
      `UPDATE engagement.mailbox SET leased_until = now() + $3 * interval '1 millisecond' WHERE id = $1 AND fence = $2 RETURNING id`,
      [mailboxId, fence, LEASE_MS],
    );
    return mine.length > 0;
  }

  /** @param isRead false when it could not be opened, or not to the end. */
  async release({ mailboxId, fence }: MailboxLease, isRead: boolean): Promise<void> {
    await this.inTransaction(
      `UPDATE engagement.mailbox SET leased_until = NULL, read_at = CASE WHEN $3 THEN now() ELSE read_at END,
         failing_since = CASE WHEN NOT $3 THEN coalesce(failing_since, now()) END WHERE id = $1 AND fence = $2`,
      [mailboxId, fence, isRead],
    );
  }

  /**
   * The mailbox that is read, or was tried, last; nulls where there is none.
   */
  async state(): Promise<MailboxState> {
    const [state] = await this.inTransaction<MailboxState>(
      `SELECT read_at, failing_since FROM engagement.mailbox
       ORDER BY greatest(read_at, failing_since, leased_until) DESC NULLS LAST LIMIT 1`,
      [],
    );
    return state ?? { readAt: null, failingSince: null };
  }

  /**
   * Stores the mails found and the new read position in one transaction, so
   * neither is lost.
   * @param upTo the greatest UID that was read.
   */
  async recordFound(
    { mailboxId, fence }: MailboxLease,
    uidValidity: string,
    uids: readonly number[],
    upTo: number,
  ): Promise<void> {
    await this.database.inTransaction(MAILBOX, async () => {
      const mine = await this.database.query(
        'UPDATE engagement.mailbox SET uid_validity = $3, last_uid = $4 WHERE id = $1 AND fence = $2 RETURNING id',
        [mailboxId, fence, uidValidity, upTo],
      );
      if (mine.length === 0) return;
      await this.database.query(
        `DELETE FROM engagement.mailbox_mail WHERE mailbox_id = $1 AND uid_validity <> $2 AND state = 'waiting'`,
        [mailboxId, uidValidity],
      );
      await this.database.query(
        `INSERT INTO engagement.mailbox_mail (mailbox_id, uid_validity, uid, found_at) SELECT $1, $2, uid, now()
           FROM unnest($3::bigint[]) uid ON CONFLICT DO NOTHING`,
        [mailboxId, uidValidity, uids],
      );
    });
  }

  /** Mail that may be read now: new mail first, then postponed mail, the oldest first. */
  async waiting(mailboxId: string, uidValidity: string, limit: number): Promise<WaitingMail[]> {
    return this.inTransaction<WaitingMail>(
      `SELECT uid::int, tries FROM engagement.mailbox_mail
       WHERE mailbox_id = $1 AND uid_validity = $2 AND state = 'waiting' AND (not_before IS NULL OR not_before <= now())
       ORDER BY tries, not_before NULLS FIRST, uid LIMIT $3`,
      [mailboxId, uidValidity, limit],
    );
  }

  async markRead(mailboxId: string, uidValidity: string, uid: number): Promise<void> {
    await this.inTransaction(
      'DELETE FROM engagement.mailbox_mail WHERE mailbox_id = $1 AND uid_validity = $2 AND uid = $3',
      [mailboxId, uidValidity, uid],
    );
  }

  /** Not read again before `pauseMs` have passed. Does not count as a failure. */
  async postpone(mailboxId: string, uidValidity: string, uid: number, pauseMs: number): Promise<void> {
    await this.inTransaction(
      `UPDATE engagement.mailbox_mail SET not_before = now() + $4 * interval '1 millisecond'
       WHERE mailbox_id = $1 AND uid_validity = $2 AND uid = $3`,
      [mailboxId, uidValidity, uid, pauseMs],
    );
  }

  /** Skipped now, or forever: stored and counted. */
  async recordFailure(
    mailboxId: string,
    uidValidity: string,
    uid: number,
    why: string,
    isLast: boolean,
  ): Promise<void> {
    await this.inTransaction(
      `UPDATE engagement.mailbox_mail SET tries = tries + 1, why = $4, state = CASE WHEN $5 THEN 'aside' ELSE state END
       WHERE mailbox_id = $1 AND uid_validity = $2 AND uid = $3`,
      [mailboxId, uidValidity, uid, why, isLast],
    );
  }

  /** What was put aside, for an operator. */
  async failedMails(limit: number): Promise<FailedMail[]> {
    return this.inTransaction<FailedMail>(
      `SELECT mailbox_id, uid::int, why, found_at FROM engagement.mailbox_mail WHERE state = 'aside' ORDER BY found_at LIMIT $1`,
      [limit],
    );
  }

  /** Retries skipped mails. @returns how many. */
  async retryFailedMails(): Promise<number> {
    const again = await this.inTransaction(
      `UPDATE engagement.mailbox_mail SET state = 'waiting', tries = 0, not_before = NULL WHERE state = 'aside' RETURNING uid`,
      [],
    );
    return again.length;
  }

  private inTransaction<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    return this.database.inTransaction(MAILBOX, () => this.database.query<Row>(sql, parameters));
  }
}
