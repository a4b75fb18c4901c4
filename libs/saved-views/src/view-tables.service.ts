import { Injectable } from '@nestjs/common';
import { CostFilter, DealQuery, INSIGHT_PERIODS, InsightQuery, type ViewTableName } from '#contracts';
import type { AskedWindow } from '#insight';
import type { PartnerActor, VendorActor } from '#kernel';
import { sortedRows } from '#tables';
import { ListTables } from './list-tables.service.js';
import { ResultTables } from './result-tables.service.js';
import { type SavedView, screenNotShown, tableOf } from './saved-view.js';
import { checkViewQuery } from './view-query.js';
import type { ViewTable } from './view-table.js';

/**
 * What a screen shows, as a table. It is read by the services of the screen, as
 * the reader: role and row-level security decide, also for a saved view.
 */
@Injectable()
export class ViewTables {
  constructor(
    private readonly results: ResultTables,
    private readonly lists: ListTables,
  ) {}

  /**
   * @param asked undefined: the usual table of the screen.
   * @throws DomainError `saved-view.not-mailed`; `saved-view.screen` for a
   *   screen that the reader may not see; `saved-view.query-…` for an address that
   *   the screen does not know; `insight.window`.
   */
  async read(
    actor: VendorActor | PartnerActor,
    { screen, query }: Pick<SavedView, 'screen' | 'query'>,
    asked: ViewTableName | undefined,
  ): Promise<ViewTable & { readonly name: ViewTableName }> {
    const name = tableOf(actor, screen, asked);
    checkViewQuery(screen, query);
    const params = new URLSearchParams(query);
    const table = await this.tables(actor, params)[name]();
    return {
      ...table,
      name,
      rows: sortedRows(table, name === 'returns' ? returnSortIn(params) : (params.get('sort') ?? '')),
    };
  }

  private tables(
    actor: VendorActor | PartnerActor,
    params: URLSearchParams,
  ): Readonly<Record<ViewTableName, () => Promise<ViewTable>>> {
    const window = windowIn(params);
    return {
      results: () =>
        actor.kind === 'vendor'
          ? this.results.campaignSums(actor, { ...window, q: params.get('q') ?? '' })
          : this.results.ownCampaigns(actor, window),
      returns: () => this.results.returns(actor, window),
      deals: () => this.lists.deals(partner(actor), stageIn(params)),
      costs: () => this.lists.costs(actor, costFilterIn(params)),
      partners: () => this.results.standings(vendor(actor), params.get('step')),
    };
  }
}

function partner(actor: VendorActor | PartnerActor): PartnerActor {
  if (actor.kind !== 'partner') throw screenNotShown();
  return actor;
}

function vendor(actor: VendorActor | PartnerActor): VendorActor {
  if (actor.kind !== 'vendor') throw screenNotShown();
  return actor;
}

/** The screen has a sort for its table of returns alone, where the column of won amounts has a shorter name. */
const returnSortIn = (params: URLSearchParams): string =>
  (params.get('returnSort') ?? '').replace(/^(-?)won$/, '$1amountsInMinorUnits');

const stageIn = (params: URLSearchParams) =>
  DealQuery.shape.stage.safeParse(params.get('stage') ?? undefined).data ?? null;

function costFilterIn(params: URLSearchParams): CostFilter {
  const { campaignId, partnerId, tactic } = CostFilter.shape;
  return {
    campaignId: campaignId.safeParse(params.get('campaignId') ?? undefined).data,
    partnerId: partnerId.safeParse(params.get('partnerId') ?? undefined).data,
    tactic: tactic.safeParse(params.get('tactic') ?? undefined).data,
  };
}

/** The period of an address that was checked. */
function windowIn(params: URLSearchParams): AskedWindow {
  const days = InsightQuery.safeParse({ from: params.get('from') ?? undefined, to: params.get('to') ?? undefined });
  const period = INSIGHT_PERIODS.find((name) => name === params.get('period'));
  const { from, to } = days.success ? days.data : {};
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(period === undefined ? {} : { period }),
  };
}
