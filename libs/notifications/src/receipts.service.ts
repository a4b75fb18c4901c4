import { Injectable } from '@nestjs/common';
import type { NotificationEvent, NotificationKind } from '#contracts';
import { Database } from '#database';
import type { OrganisationId, UserId } from '#kernel';

/** What became of an event in an organisation. */
interface Receipt {
  /** A person gets an e-mail of it, at once or in the weekly summary. */
  readonly isMailed: boolean;
  /** When a person last read it in the portal; null: nobody has. */
  readonly readAt: Date | null;
}

/** Who was mailed, and who has read it. All methods join the open transaction. */
@Injectable()
export class Receipts {
  constructor(private readonly database: Database) {}

  /** @param key of the event, as its notice had it. */
  async get(organisationId: OrganisationId, event: NotificationEvent, key: string): Promise<Receipt> {
    const [found] = await this.database.query<Receipt>(
      `SELECT coalesce(bool_or(delivery <> 'none'), false) AS is_mailed, max(read_at) AS read_at
       FROM notifications.notification WHERE organisation_id = $1 AND event_key = $2`,
      [organisationId, `${event} ${key}`],
    );
    return found ?? { isMailed: false, readAt: null };
  }

  /** Those of these people who got an e-mail of a kind since a moment, in any of their organisations. */
  async mailedSince(userIds: readonly UserId[], kind: NotificationKind, since: Date): Promise<ReadonlySet<UserId>> {
    const rows = await this.database.query<{ userId: UserId }>(
      `SELECT DISTINCT user_id FROM notifications.notification
       WHERE user_id = ANY ($1) AND kind = $2 AND (mailed_at > $3 OR delivery = 'weekly' AND at > $3)`,
      [userIds, kind, since],
    );
    return new Set(rows.map(({ userId }) => userId));
  }
}
