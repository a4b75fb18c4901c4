import { Injectable } from '@nestjs/common';
import type { NotificationEvent, NotificationKind } from '#contracts';
import { Database } from '#database';
import { type Actor, Clock, DAY_MS, type Id, type OrganisationId, systemActor, type UserId } from '#kernel';

export type NotificationId = Id<'notification'>;

/** A notification as its person sees it in the portal. */
export interface InboxItem {
  readonly id: NotificationId;
  readonly kind: NotificationKind;
  readonly event: NotificationEvent;
  readonly at: Date;
  readonly readAt: Date | null;
  readonly byName: string | null;
  readonly titles: Readonly<Record<string, string>> | null;
  readonly number: number | null;
  readonly path: string;
}

/** A person in an organisation. */
export interface InboxReader {
  readonly actor: Actor;
  readonly userId: UserId;
  readonly organisationId: OrganisationId;
}

/** Longer than any campaign runs that a notification is about. */
const KEPT_MS = 365 * DAY_MS;
/** More are shown as "100". */
const COUNTED = 100;

/** What a person is told of in the portal. A person sees their own notifications only. */
@Injectable()
export class Inbox {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Newest first.
   * @param page `beforeId`: only older ones than this; null: from the newest.
   */
  async list(
    { actor, userId, organisationId }: InboxReader,
    { limit, beforeId }: { readonly limit: number; readonly beforeId: NotificationId | null },
  ): Promise<InboxItem[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<InboxItem>(
        `SELECT id, kind, event, at, read_at, by_name, titles, number, path FROM notifications.notification
         WHERE user_id = $1 AND organisation_id = $2 AND in_app AND hidden_at IS NULL AND ($3::uuid IS NULL OR id < $3)
         ORDER BY id DESC LIMIT $4`,
        [userId, organisationId, beforeId, limit],
      ),
    );
  }

  /** How many are unread, at most 100. */
  async unread({ actor, userId, organisationId }: InboxReader): Promise<number> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ count: number }>(
        `SELECT count(*)::integer AS count FROM (SELECT FROM notifications.notification
           WHERE user_id = $1 AND organisation_id = $2 AND in_app AND hidden_at IS NULL AND read_at IS NULL LIMIT $3) unread`,
        [userId, organisationId, COUNTED],
      ),
    );
    return found?.count ?? 0;
  }

  /**
   * Marks notifications as read or unread; ids of other people are ignored.
   * @param ids null: all of them.
   */
  async mark(
    { actor, userId, organisationId }: InboxReader,
    ids: readonly NotificationId[] | null,
    isRead: boolean,
  ): Promise<void> {
    await this.database.inTransaction(actor, () =>
      this.database.query(
        `UPDATE notifications.notification SET read_at = CASE WHEN $4 THEN $5::timestamptz END
         WHERE user_id = $1 AND organisation_id = $2 AND in_app AND hidden_at IS NULL
           AND ($3::uuid[] IS NULL OR id = ANY ($3)) AND (read_at IS NULL) = $4`,
        [userId, organisationId, ids, isRead, this.clock.now()],
      ),
    );
  }

  /** Deletes notifications of more than a year ago. */
  async deleteOld(): Promise<void> {
    await this.database.inTransaction(systemActor('notifications'), () =>
      this.database.query('DELETE FROM notifications.notification WHERE at < $1', [
        new Date(this.clock.now().getTime() - KEPT_MS),
      ]),
    );
  }
}
