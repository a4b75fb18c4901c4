import { Injectable } from '@nestjs/common';
import { MODELS_VERSION } from '#attribution';
import { AuditLog } from '#audit';
import {
  ATTRIBUTION_MODELS,
  type AttributionModelName,
  type AttributionReport,
  type AttributionTable,
  type DealAttribution,
  HALF_LIFE_DAYS,
  type Returns,
} from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, type DealId, groupBy, type Id, newId, notFound, type PartnerActor } from '#kernel';
import type { DayWindow } from '../window.js';
import type { CostTactic } from '../costs/returns.js';
import { ChannelNames } from './channel-names.service.js';
import { creditsOf, type Models, modelsOf, sumCredits } from './credits.js';
import { creditsByTactic } from './tactics.js';
import { type DealPath, DealTouches } from './deal-touches.service.js';

export type AttributionReportId = Id<'attribution-report'>;
/** Of reports that were kept before they named the version of the models. */
const FIRST_VERSION = { modelsVersion: 1 } as const;
/** Of reports that were kept before their position had times. */
const WITHOUT_TIMES = { dealEventAt: null, interactionAt: null } as const;

type ReportLine = Omit<AttributionReport, 'table'> & DayWindow;

/**
 * Which steps and pages of campaigns won deals came from, by every model beside
 * each other. Computed from the ledgers at each reading: late events, refunds and
 * changed verdicts count at once. A report keeps a table as it was.
 */
@Injectable()
export class Attributions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly touches: DealTouches,
    private readonly names: ChannelNames,
  ) {}

  /** @param halfLifeDays of time decay. */
  async table(actor: PartnerActor, window: DayWindow, halfLifeDays: number): Promise<AttributionTable> {
    requirePermission(actor, 'activations.read');
    return this.database.inTransaction(actor, async () => {
      const { deals, observed, position } = await this.touches.ofWindowWithPaths(actor, window);
      const models = modelsOf(observed, halfLifeDays);
      const count = (of: 'converted' | 'lost'): number => observed.reduce((sum, path) => sum + path[of], 0);
      return {
        from: window.from,
        to: window.to,
        halfLifeDays,
        modelsVersion: MODELS_VERSION,
        models: [...ATTRIBUTION_MODELS],
        paths: { converted: count('converted'), lost: count('lost') },
        currencies: await this.currencies(actor, deals, models),
        position,
      };
    });
  }

  /**
   * What deals of the window brought by tactic, less refunds, by the touches that one model credits. The amounts of
   * all tactics add up to what was won.
   * @returns null: of deals without a touch.
   */
  async byTactic(
    actor: PartnerActor,
    window: DayWindow,
    name: AttributionModelName,
  ): Promise<ReadonlyMap<CostTactic, Returns['won']>> {
    requirePermission(actor, 'activations.read');
    return this.database.inTransaction(actor, async () => {
      // Paths of all people cost much more than those of the deals, and only two models learn from them.
      const { deals, observed } =
        name === 'markov' || name === 'shapley'
          ? await this.touches.ofWindowWithPaths(actor, window)
          : { deals: await this.touches.ofWindow(actor, window), observed: [] };
      const model = modelsOf(observed, HALF_LIFE_DAYS).get(name);
      return model === undefined ? new Map() : creditsByTactic(deals, model);
    });
  }

  /**
   * Why each touch of a deal has its credit.
   * @throws DomainError `deal.not-found`.
   */
  async ofDeal(actor: PartnerActor, dealId: DealId, halfLifeDays: number): Promise<DealAttribution> {
    requirePermission(actor, 'leads.read');
    return this.database.inTransaction(actor, async () => {
      const {
        deals: [deal],
        observed,
      } = await this.touches.ofDealWithPaths(actor, dealId);
      if (deal === undefined) throw notFound('deal', dealId);
      const models = modelsOf(observed, halfLifeDays);
      const channelOf = await this.names.of(actor, deal.path.touches);
      const explained = explain(deal, models);
      return {
        dealId,
        amount: deal.currency === null ? null : { minorUnits: Number(deal.amountMinor), currency: deal.currency },
        refundedMinor: Number(deal.refundedMinor),
        halfLifeDays,
        touches: deal.path.touches.map((touch) => ({
          id: touch.id,
          at: new Date(touch.at).toISOString(),
          kind: touch.kind,
          channel: channelOf(touch),
          credits: explained.get(touch.id) ?? [],
        })),
      };
    });
  }

  /** Stores the table of a window as it is now. It never changes. */
  async publish(actor: PartnerActor, window: DayWindow, halfLifeDays: number): Promise<AttributionReport> {
    requirePermission(actor, 'leads.edit');
    return this.database.inTransaction(actor, async () => {
      const table = await this.table(actor, window, halfLifeDays);
      const id = newId<AttributionReportId>();
      const at = this.clock.now();
      await this.database.query(
        `INSERT INTO insight.attribution_report (id, partner_id, from_on, to_on, content, position, by_name, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          id,
          actor.partnerId,
          window.from,
          window.to,
          JSON.stringify(table),
          JSON.stringify(table.position),
          actor.name,
          at,
        ],
      );
      await this.audit.record(actor, {
        action: 'attribution-report.published',
        subject: { kind: 'attribution-report', id },
        details: { from: window.from, to: window.to, halfLifeDays },
      });
      return { id, by: actor.name, at: at.toISOString(), table };
    });
  }

  /** Newest first. */
  async reports(actor: PartnerActor, page: { limit: number; beforeId: string | null }): Promise<ReportLine[]> {
    requirePermission(actor, 'activations.read');
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<Omit<ReportLine, 'at'> & { at: Date }>(
        `SELECT id, by_name AS by, at, from_on::text AS from, to_on::text AS to FROM insight.attribution_report
         WHERE partner_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
        [actor.partnerId, page.beforeId, page.limit],
      ),
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  /** @throws DomainError `attribution-report.not-found`. */
  async report(actor: PartnerActor, id: AttributionReportId): Promise<AttributionReport> {
    requirePermission(actor, 'activations.read');
    const [row] = await this.database.inTransaction(actor, () =>
      this.database.query<{ by: string; at: Date; table: AttributionTable }>(
        'SELECT by_name AS by, at, content AS table FROM insight.attribution_report WHERE id = $1 AND partner_id = $2',
        [id, actor.partnerId],
      ),
    );
    if (row === undefined) throw notFound('attribution-report', id);
    return {
      id,
      by: row.by,
      at: row.at.toISOString(),
      table: { ...FIRST_VERSION, ...row.table, position: { ...WITHOUT_TIMES, ...row.table.position } },
    };
  }

  private async currencies(
    actor: PartnerActor,
    deals: readonly DealPath[],
    models: Models,
  ): Promise<AttributionTable['currencies']> {
    const all = deals.flatMap(({ path }) => path.touches);
    const channelOf = await this.names.of(actor, all);
    const channels = new Map(all.map((touch) => [touch.channel, touch]));
    return [...groupBy(deals, ({ currency }) => currency ?? '')]
      .map(([currency, own]) => sumCredits(currency, own, models))
      .toSorted((one, other) => (one.currency < other.currency ? -1 : 1))
      .map(({ currency, deals: count, wonMinor, uncreditedMinor, byChannel }) => ({
        currency,
        deals: count,
        wonMinor: Number(wonMinor),
        uncreditedMinor: Number(uncreditedMinor),
        rows: [...byChannel]
          .flatMap(([id, credits]) => {
            const touch = channels.get(id);
            return touch === undefined ? [] : [{ channel: channelOf(touch), creditsMinor: inNumbers(credits) }];
          })
          .toSorted((one, other) => other.creditsMinor.linear - one.creditsMinor.linear),
      }));
  }
}

function inNumbers<Key extends string>(sums: Readonly<Record<Key, bigint>>): Record<Key, number> {
  return Object.fromEntries(Object.entries<bigint>(sums).map(([key, sum]) => [key, Number(sum)])) as Record<
    Key,
    number
  >;
}

type Explained = DealAttribution['touches'][number]['credits'];

/** The credits of each touch, by its id, in the order of the models. */
function explain(deal: DealPath, models: Models): ReadonlyMap<string, Explained> {
  const explained = new Map<string, Explained>();
  for (const [name, model] of models) {
    const credits = creditsOf(deal, model);
    const whole = credits.reduce((sum, { weight }) => sum + weight, 0n);
    for (const { touch, amountMinor, reason, weight } of credits) {
      const share = whole === 0n ? 1 / credits.length : Number(weight) / Number(whole);
      const value = 'values' in model ? (model.values.get(touch.channel) ?? 0) : null;
      const credit = { model: name, creditMinor: Number(amountMinor), share, reason, value };
      explained.set(touch.id, [...(explained.get(touch.id) ?? []), credit]);
    }
  }
  return explained;
}
