import { Injectable } from '@nestjs/common';
import type { NotificationEvent } from '#contracts';
import { Database } from '#database';
import { Clock, DAY_MS, type OrganisationId, systemActor, type UserId } from '#kernel';

/** People of an organisation whose weekly summary is due. */
export interface DueDigest {
  readonly organisationId: OrganisationId;
  readonly side: 'partner' | 'vendor';
  /** `2027-03-29`: the Monday on which it comes. */
  readonly monday: string;
  readonly userIds: readonly UserId[];
}

/** A notification that a person wanted weekly. */
export interface HeldItem {
  readonly userId: UserId;
  readonly event: NotificationEvent;
  readonly byName: string | null;
  readonly titles: Readonly<Record<string, string>> | null;
  readonly number: number | null;
  readonly path: string;
  /** Whether the portal lists it, too. */
  readonly inApp: boolean;
}

const DIGESTS = systemActor('digests');
/** Organisations in one page. */
const PAGE = 100;
/** Of the person's Monday. */
const FROM_HOUR = '7 hours';
/** A summary of a longer time names the newest ones. */
const HELD_MS = 30 * DAY_MS;

/**
 * Weekly summaries: on Monday from seven o'clock in the person's time zone, each
 * once. What they say is made where the numbers are (`WeeklySummaries`).
 */
@Injectable()
export class Digests {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Who is due now. A person who joined after this Monday's summary waits for
   * the next. In a zone that PostgreSQL does not know, UTC holds.
   */
  async due(): Promise<DueDigest[]> {
    return this.database.inTransaction(DIGESTS, () =>
      this.database.query<DueDigest>(
        // In random order: a page of failing ones would block all others.
        `WITH zone AS MATERIALIZED (
           SELECT name, known, date_trunc('week', $1::timestamptz AT TIME ZONE known) AS monday
           FROM (SELECT DISTINCT time_zone AS name FROM identity.team_member_view) used, database.zone_or_utc(name) known)
         SELECT r.organisation_id, o.kind AS side, monday::date::text AS monday, array_agg(r.user_id ORDER BY r.since, r.user_id) AS user_ids
         FROM identity.team_member_view r JOIN organisations.organisation_view o ON o.id = r.organisation_id
         JOIN zone ON zone.name = r.time_zone
         WHERE o.kind IN ('partner', 'vendor') AND $1 AT TIME ZONE known >= monday + $2::interval
           AND r.since AT TIME ZONE known < monday + $2::interval
           AND NOT EXISTS (SELECT FROM notifications.digest d
             WHERE d.user_id = r.user_id AND d.organisation_id = r.organisation_id AND d.week_on >= monday::date)
         GROUP BY r.organisation_id, o.kind, monday ORDER BY random() LIMIT $3`,
        [this.clock.now(), FROM_HOUR, PAGE],
      ),
    );
  }

  /** Whether a page was full, so that there may be more. */
  static isFull(due: readonly DueDigest[]): boolean {
    return due.length === PAGE;
  }

  /** @returns whose summary the open transaction makes; no other process makes it. */
  async claim({ organisationId, monday, userIds }: DueDigest): Promise<ReadonlySet<UserId>> {
    const claimed = await this.database.query<{ userId: UserId }>(
      `INSERT INTO notifications.digest AS d (user_id, organisation_id, week_on)
       SELECT user_id, $1, $2::date FROM unnest($3::uuid[]) user_id
       ON CONFLICT (user_id, organisation_id) DO UPDATE SET week_on = excluded.week_on WHERE d.week_on < excluded.week_on
       RETURNING user_id`,
      [organisationId, monday, userIds],
    );
    return new Set(claimed.map(({ userId }) => userId));
  }

  /** Takes what these people wanted weekly and have not read in the portal meanwhile, newest first. */
  async take(organisationId: OrganisationId, userIds: ReadonlySet<UserId>): Promise<HeldItem[]> {
    const now = this.clock.now();
    return this.database.query<HeldItem>(
      `WITH taken AS (
         UPDATE notifications.notification SET digested_at = $3
         WHERE organisation_id = $1 AND user_id = ANY ($2) AND delivery = 'weekly' AND digested_at IS NULL
           AND hidden_at IS NULL
         RETURNING id, user_id, event, by_name, titles, number, path, in_app, at, read_at)
       SELECT user_id, event, by_name, titles, number, path, in_app FROM taken
       WHERE read_at IS NULL AND at > $4 ORDER BY id DESC`,
      [organisationId, [...userIds], now, new Date(now.getTime() - HELD_MS)],
    );
  }
}
