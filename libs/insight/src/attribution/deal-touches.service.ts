import { Injectable } from '@nestjs/common';
import { type ObservedPath, type Path, type Touch } from '#attribution';
import { BrandProfiles } from '#brand';
import type { AttributionTable, DealAttribution, Source } from '#contracts';
import { Database } from '#database';
import { type ActivationId, type CampaignId, type DealId, groupBy, type PartnerActor } from '#kernel';
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

/** What a partner's deals came from, and what the paths of all its people teach. */
export interface DealsAndPaths {
  readonly deals: readonly DealPath[];
  /** Equal paths of people with at least one touch. A path to a won deal ends with the day on which the last one closed. */
  readonly observed: readonly ObservedPath[];
  /** The last events of the ledgers that are in it. */
  readonly position: AttributionTable['position'];
}

/** The end of a day of the partner. The zone is checked once by the subquery, and not for each row. */
const endOf = (day: string): string => `(${day} + 1)::timestamp AT TIME ZONE (SELECT database.zone_or_utc($2))`;

/**
 * CTEs up to `touch`: what contacts did before and after deals, in the order of their times. $1: the partner, $2: its
 * time zone, in which closing days are entered.
 * Read once for all that follows, from an index that has this order: sorted and read twice, 140,000 touches took
 * 1.1 s instead of 0.37 s. Launches are not joined for the same reason; PostgreSQL expected a hundredth of the rows.
 * @param deals which: a condition.
 * @param people of which touches: a condition.
 */
const touchesOf = (deals: string, people = 'true'): string => `
  deal AS MATERIALIZED (SELECT *, ${endOf('closed_on')} AS ends_at FROM leads.deal_view WHERE partner_id = $1 AND ${deals}),
  touch AS MATERIALIZED (
    SELECT id, contact_id, at, kind, activation_id, step_key, CASE WHEN step_key IS NULL THEN coalesce(source, 'direct') END AS source
    FROM engagement.touch_view WHERE partner_id = $1 AND ${people} ORDER BY contact_id, at, id)`;
const OF_DEALS = 'contact_id IN (SELECT contact_id FROM deal)';
/** The rows of `deal`, each with its touches before it closed. */
const DEALS = `(SELECT coalesce(json_agg(json_build_object('id', d.id, 'currency', d.currency, 'amountMinor', coalesce(d.amount_minor, 0)::text,
    'refundedMinor', d.refunded_minor::text, 'closedAt', extract(epoch FROM d.ends_at) * 1000, 'leadAt', extract(epoch FROM d.lead_at) * 1000,
    'touches', coalesce(p.touches, '[]')) ORDER BY d.id), '[]')
  FROM deal d LEFT JOIN (
    SELECT d.id, json_agg(json_build_object('id', t.id, 'kind', t.kind, 'at', extract(epoch FROM t.at) * 1000,
      'activationId', t.activation_id, 'stepKey', t.step_key, 'source', t.source) ORDER BY t.at, t.id) AS touches
    FROM deal d JOIN touch t ON t.contact_id = d.contact_id WHERE d.closed_on IS NULL OR t.at < d.ends_at GROUP BY 1) p
    ON p.id = d.id) AS deals`;
const LAUNCHES = `(SELECT json_object_agg(id, campaign_id) FROM activations.activation_view WHERE partner_id = $1) AS campaigns`;
const CHANNEL = `t.activation_id || '/' || coalesce(t.step_key, '@' || t.source)`;
/** Channels by activation: those of one campaign are put together afterwards. */
const OBSERVED = `(SELECT coalesce(json_agg(o), '[]') FROM (
    SELECT channels, count(*) FILTER (WHERE is_won)::int AS converted, count(*) FILTER (WHERE NOT is_won)::int AS lost FROM (
      SELECT false AS is_won, array_agg(${CHANNEL} ORDER BY t.at, t.id) AS channels
      FROM touch t WHERE t.contact_id NOT IN (SELECT contact_id FROM won) GROUP BY t.contact_id
      UNION ALL SELECT true, array_agg(${CHANNEL} ORDER BY t.at, t.id)
      FROM won w JOIN touch t ON t.contact_id = w.contact_id WHERE t.at < w.ends_at GROUP BY t.contact_id) person
    GROUP BY 1) o) AS observed`;
const WON = `won AS MATERIALIZED (
    SELECT contact_id, ${endOf('max(closed_on)')} AS ends_at FROM leads.deal_view WHERE partner_id = $1 AND stage = 'won' AND contact_id IS NOT NULL GROUP BY 1)`;

const POSITION = `(SELECT json_build_object('id', id, 'at', at) FROM leads.deal_event_view
    WHERE partner_id = $1 ORDER BY id DESC LIMIT 1) AS deal_event,
  (SELECT json_build_object('id', newest.id, 'at', newest.at) FROM activations.activation_view a, LATERAL (
      SELECT t.id, t.at FROM engagement.interaction_with_verdict t WHERE t.activation_id = a.id ORDER BY t.id DESC LIMIT 1) newest
    WHERE a.partner_id = $1 ORDER BY newest.id DESC LIMIT 1) AS interaction,
  (SELECT max(v.at) FROM engagement.verdict_view v WHERE v.partner_id = $1) AS verdict_at`;

const IN_WINDOW = `stage = 'won' AND amount_minor IS NOT NULL AND closed_on BETWEEN $3::date AND $4::date`;

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
    const [read] = await this.database.query<DealsRead>(
      `WITH ${touchesOf(IN_WINDOW, OF_DEALS)} SELECT ${DEALS}, ${LAUNCHES}`,
      [actor.partnerId, await this.profiles.timeZone(actor), from, to],
    );
    return read === undefined ? [] : dealsOf(read);
  }

  /**
   * The same, with the paths of all people.
   * Joins the open transaction of the partner's scope.
   */
  async ofWindowWithPaths(actor: PartnerActor, { from, to }: DayWindow): Promise<DealsAndPaths> {
    return this.withPaths(actor, IN_WINDOW, [from, to]);
  }

  /**
   * One deal of any stage, with the paths of all people; no deal if there is none.
   * Joins the open transaction of the partner's scope.
   */
  async ofDealWithPaths(actor: PartnerActor, id: DealId): Promise<DealsAndPaths> {
    return this.withPaths(actor, 'id = $3', [id]);
  }

  private async withPaths(actor: PartnerActor, deals: string, parameters: readonly unknown[]): Promise<DealsAndPaths> {
    // Until the end of the transaction. With the usual 4 MB, 400,000 touches are sorted on the disk.
    await this.database.query(`SELECT set_config('work_mem', '64MB', true)`);
    const [read] = await this.database.query<Read>(
      // In one statement with the position: it would name events that came after what was counted.
      `WITH ${touchesOf(deals)}, ${WON} SELECT ${DEALS}, ${LAUNCHES}, ${OBSERVED}, ${POSITION}`,
      [actor.partnerId, await this.profiles.timeZone(actor), ...parameters],
    );
    return read === undefined
      ? { deals: [], observed: [], position: positionOf({ dealEvent: null, interaction: null, verdictAt: null }) }
      : { deals: dealsOf(read), observed: observedOf(read), position: positionOf(read) };
  }
}

type TouchRow = Pick<DealTouch, 'id' | 'at' | 'kind' | 'stepKey' | 'source'> & { readonly activationId: ActivationId };
interface DealRow {
  readonly id: DealId;
  readonly currency: string | null;
  readonly amountMinor: string;
  readonly refundedMinor: string;
  /** The end of its day, before which its touches are. Milliseconds since 1970. Null: open. */
  readonly closedAt: number | null;
  /** Milliseconds since 1970. */
  readonly leadAt: number | null;
  readonly touches: readonly TouchRow[];
}
interface DealsRead {
  readonly deals: readonly DealRow[];
  /** By activation; null: none. */
  readonly campaigns: Readonly<Record<ActivationId, CampaignId>> | null;
}
interface LastEvents {
  readonly dealEvent: LedgerEvent | null;
  readonly interaction: LedgerEvent | null;
  readonly verdictAt: Date | null;
}
interface LedgerEvent {
  readonly id: string;
  /** As PostgreSQL writes it in JSON. */
  readonly at: string;
}
interface Read extends DealsRead, LastEvents {
  readonly observed: readonly ObservedPath[];
}

const instantOf = (event: LedgerEvent | null): string | null =>
  event === null ? null : new Date(event.at).toISOString();

const positionOf = ({ dealEvent, interaction, verdictAt }: LastEvents): AttributionTable['position'] => ({
  dealEventId: dealEvent?.id ?? null,
  dealEventAt: instantOf(dealEvent),
  interactionId: interaction?.id ?? null,
  interactionAt: instantOf(interaction),
  verdictAt: verdictAt?.toISOString() ?? null,
});

function dealsOf({ deals, campaigns }: DealsRead): DealPath[] {
  return deals.map(({ id, currency, amountMinor, refundedMinor, closedAt, leadAt, touches }) => ({
    id,
    currency,
    amountMinor: BigInt(amountMinor),
    refundedMinor: BigInt(refundedMinor),
    path: {
      touches: touches.flatMap(({ activationId, ...touch }) => {
        const campaignId = campaigns?.[activationId];
        return campaignId === undefined
          ? []
          : [{ ...touch, campaignId, channel: `${campaignId}/${touch.stepKey ?? `@${touch.source}`}` }];
      }),
      leadAt,
      closedAt: closedAt ?? Number.MAX_SAFE_INTEGER,
    },
  }));
}

/** Puts the channels of one campaign together, and then equal paths. */
function observedOf({ observed, campaigns }: Read): ObservedPath[] {
  const channelOf = (channel: string): string[] => {
    const end = channel.indexOf('/');
    const campaignId = campaigns?.[channel.slice(0, end) as ActivationId];
    return campaignId === undefined ? [] : [`${campaignId}${channel.slice(end)}`];
  };
  const named = observed.map((path) => ({ ...path, channels: path.channels.flatMap(channelOf) }));
  return [...groupBy(named, ({ channels }) => channels.join('\n')).values()].flatMap((equal) => {
    const [{ channels } = { channels: [] }] = equal;
    const count = (of: 'converted' | 'lost'): number => equal.reduce((sum, path) => sum + path[of], 0);
    return channels.length === 0 ? [] : [{ channels, converted: count('converted'), lost: count('lost') }];
  });
}
