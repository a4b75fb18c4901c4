import { Injectable } from '@nestjs/common';
import { type ObservedPath, type Path, type Touch } from '#attribution';
import { BrandProfiles } from '#brand';
import type { AttributionTable, DealAttribution, Source } from '#contracts';
import { Database } from '#database';
import { type CampaignId, type DealId, type PartnerActor } from '#kernel';
import type { DayWindow } from '../window.js';

/** A touch with what it was. */
export interface DealTouch extends Touch {
  readonly kind: DealAttribution['touches'][number]['kind'];
  readonly campaignId: CampaignId;
  /** Null: no step. */
  readonly stepKey: string | null;
  /** Null: a step. */
  readonly source: Source | null;
}

/** A deal with the touches of its contact, in the order of their times. */
export interface DealPath {
  readonly id: DealId;
  /** Null: no amount. */
  readonly currency: string | null;
  readonly amountMinor: bigint;
  readonly refundedMinor: bigint;
  readonly path: Omit<Path, 'touches'> & { readonly touches: readonly DealTouch[] };
}

/**
 * CTEs up to `touch`: what contacts did, by the channel that led to it. A click or document of an
 * e-mail belongs to its step; a touch without a step, to the source of the visit. Visits of unknown people are no
 * touches.
 * $1: the partner. `ledger` is read from an index alone, before its rows are joined: joined to the launches at once,
 * PostgreSQL expected a hundredth of the rows of a large partner, and read each where it lies (0.25 s instead of
 * 2.4 s for 500,000).
 * @param of which rows of the ledger: a condition.
 */
const touches = (of = 'true'): string => `
  ledger AS MATERIALIZED (SELECT * FROM engagement.touch_view WHERE partner_id = $1 AND ${of}),
  launch AS MATERIALIZED (SELECT id, campaign_id FROM activations.activation_view WHERE partner_id = $1),
  touch AS (
    SELECT t.id, t.contact_id, t.kind, t.at, a.campaign_id, t.step_key,
      CASE WHEN t.step_key IS NULL THEN coalesce(t.source, 'direct') END AS source,
      a.campaign_id || '/' || coalesce(t.step_key, '@' || coalesce(t.source, 'direct')) AS channel
    FROM ledger t JOIN launch a ON a.id = t.activation_id)`;
/**
 * The end of a day in the time zone of the partner, in which closing days are entered.
 * The zone is checked once by the subquery, and not for each row.
 */
const endOf = (day: string, zone: `$${number}`): string =>
  `(${day} + 1)::timestamp AT TIME ZONE (SELECT database.zone_or_utc(${zone}))`;
/** The touches of each row of `deal` before it closed, of those in `touch`. */
const DEAL_PATHS = `SELECT d.id, jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'at', extract(epoch FROM t.at) * 1000,
    'campaignId', t.campaign_id, 'stepKey', t.step_key, 'source', t.source, 'channel', t.channel) ORDER BY t.at, t.id) AS touches
  FROM deal d JOIN touch t ON t.contact_id = d.contact_id
  WHERE d.closed_on IS NULL OR t.at < d.ends_at GROUP BY 1`;
const DEAL_ROW = `d.id, d.currency, coalesce(d.amount_minor, 0)::text AS amount_minor, d.refunded_minor::text, d.lead_at,
    extract(epoch FROM d.ends_at)::float8 * 1000 - 1 AS closed_at,
    coalesce(p.touches, '[]') AS touches`;

/** Touches before deals closed, from the ledger of interactions. */
@Injectable()
export class DealTouches {
  constructor(
    private readonly database: Database,
    private readonly profiles: BrandProfiles,
  ) {}

  /**
   * Won deals with an amount that closed in a window.
   * Joins the open transaction of the partner's scope.
   */
  async ofWindow(actor: PartnerActor, { from, to }: DayWindow): Promise<DealPath[]> {
    const rows = await this.database.query<DealRow>(
      `WITH deal AS MATERIALIZED (SELECT d.*, ${endOf('d.closed_on', '$4')} AS ends_at FROM leads.deal_view d
         WHERE d.partner_id = $1 AND d.stage = 'won'
         AND d.amount_minor IS NOT NULL AND d.closed_on BETWEEN $2::date AND $3::date),
       ${touches()},
       path AS (${DEAL_PATHS})
       SELECT ${DEAL_ROW} FROM deal d LEFT JOIN path p ON p.id = d.id ORDER BY d.id`,
      [actor.partnerId, from, to, await this.profiles.timeZone(actor)],
    );
    return rows.map(pathOf);
  }

  /**
   * One deal of any stage; null if there is none.
   * Joins the open transaction of the partner's scope.
   */
  async ofDeal(actor: PartnerActor, id: DealId): Promise<DealPath | null> {
    const [row] = await this.database.query<DealRow>(
      `WITH deal AS (SELECT d.*, ${endOf('d.closed_on', '$3')} AS ends_at FROM leads.deal_view d
         WHERE d.partner_id = $1 AND d.id = $2),
       ${touches('contact_id = (SELECT contact_id FROM deal)')},
       path AS (${DEAL_PATHS})
       SELECT ${DEAL_ROW} FROM deal d LEFT JOIN path p ON p.id = d.id`,
      [actor.partnerId, id, await this.profiles.timeZone(actor)],
    );
    return row === undefined ? null : pathOf(row);
  }

  /**
   * The paths of all people of the partner with at least one touch: equal ones
   * together. A path that led to a won deal ends with the day on which the last one closed.
   * Joins the open transaction of the partner's scope.
   */
  async observed(actor: PartnerActor): Promise<ObservedPath[]> {
    // Until the end of the transaction. With the usual 4 MB, 400,000 touches are sorted on the disk.
    await this.database.query(`SELECT set_config('work_mem', '64MB', true)`);
    return this.database.query<ObservedPath>(
      `WITH won AS (SELECT contact_id, ${endOf('max(closed_on)', '$2')} AS ends_at FROM leads.deal_view
         WHERE partner_id = $1 AND stage = 'won' GROUP BY 1),
       ${touches()},
       path AS (
         SELECT t.contact_id, bool_or(w.contact_id IS NOT NULL) AS is_won, array_agg(t.channel ORDER BY t.at, t.id) AS channels
         FROM touch t LEFT JOIN won w ON w.contact_id = t.contact_id
         WHERE w.contact_id IS NULL OR t.at < w.ends_at GROUP BY 1)
       SELECT channels, count(*) FILTER (WHERE is_won)::int AS converted, count(*) FILTER (WHERE NOT is_won)::int AS lost
       FROM path GROUP BY 1 ORDER BY 1`,
      [actor.partnerId, await this.profiles.timeZone(actor)],
    );
  }

  /** The last events of the ledgers. Joins the open transaction of the partner's scope. */
  async position({ partnerId }: PartnerActor): Promise<AttributionTable['position']> {
    const [at] = await this.database.query<{
      dealEventId: string | null;
      interactionId: string | null;
      verdictAt: Date | null;
    }>(
      `SELECT (SELECT id FROM leads.deal_event_view WHERE partner_id = $1 ORDER BY id DESC LIMIT 1) AS deal_event_id,
         (SELECT newest.id FROM activations.activation_view a, LATERAL (
             SELECT t.id FROM engagement.interaction_with_verdict t WHERE t.activation_id = a.id ORDER BY t.id DESC LIMIT 1) newest
           WHERE a.partner_id = $1 ORDER BY 1 DESC LIMIT 1) AS interaction_id,
         (SELECT max(v.at) FROM engagement.verdict_view v WHERE v.partner_id = $1) AS verdict_at`,
      [partnerId],
    );
    return {
      dealEventId: at?.dealEventId ?? null,
      interactionId: at?.interactionId ?? null,
      verdictAt: at?.verdictAt?.toISOString() ?? null,
    };
  }
}

interface DealRow {
  readonly id: DealId;
  readonly currency: string | null;
  readonly amountMinor: string;
  readonly refundedMinor: string;
  /** The last millisecond of the day; null: open. */
  readonly closedAt: number | null;
  readonly leadAt: Date | null;
  readonly touches: readonly DealTouch[];
}

function pathOf({ id, currency, amountMinor, refundedMinor, closedAt, leadAt, touches }: DealRow): DealPath {
  return {
    id,
    currency,
    amountMinor: BigInt(amountMinor),
    refundedMinor: BigInt(refundedMinor),
    path: {
      touches,
      leadAt: leadAt?.getTime() ?? null,
      closedAt: closedAt ?? Number.MAX_SAFE_INTEGER,
    },
  };
}
