import { Injectable } from '@nestjs/common';
import { TABLES_OF, type UserLanguage, type ViewMailFormat, type ViewTableName } from '#contracts';
import type { PartnerActor, VendorActor } from '#kernel';
import { sortedRows } from '#tables';
import { ListTables } from './list-tables.service.js';
import { MoneyTables } from './money-tables.service.js';
import { ResultTables } from './result-tables.service.js';
import { type SavedView, screenNotShown, tableOf } from './saved-view.js';
import { parseViewQuery, type ViewQuery } from './view-query.js';
import { MOST_PRINTED_ROWS, MOST_ROWS, type ViewTable } from './view-table.js';

/** Which table of a screen, and for whom. */
interface AskedTable {
  /** Undefined: the usual one of the screen. */
  readonly table: ViewTableName | undefined;
  /** In whose order words are. */
  readonly language: UserLanguage;
  /** Of totals, of which partners see who got them, no more rows are read than the file has. */
  readonly format: ViewMailFormat;
}

/**
 * What a screen shows, as a table. It is read by the services of the screen, as
 * the reader: role and row-level security decide, also for a saved view.
 */
@Injectable()
export class ViewTables {
  constructor(
    private readonly results: ResultTables,
    private readonly money: MoneyTables,
    private readonly lists: ListTables,
  ) {}

  /**
   * @throws DomainError `saved-view.not-mailed`; `saved-view.screen` for a
   *   screen that the reader may not see; `saved-view.query-…` for an address that
   *   the screen does not know; `insight.window`.
   */
  async read(
    actor: VendorActor | PartnerActor,
    { screen, query }: Pick<SavedView, 'screen' | 'query'>,
    { table: asked, ...reader }: AskedTable,
  ): Promise<ViewTable & { readonly name: ViewTableName }> {
    const name = tableOf(actor, { screen, query }, asked);
    const parsed = parseViewQuery(actor.kind, screen, query);
    const table = await this.tables(actor, parsed, reader)[name]();
    // `sort` is of the main table of the screen.
    const sort = name === TABLES_OF[screen][0] && table.isSorted !== true ? parsed.sort : undefined;
    return { ...table, name, rows: sortedRows(table, sort, reader.language) };
  }

  private tables(
    actor: VendorActor | PartnerActor,
    query: ViewQuery,
    { language, format }: Omit<AskedTable, 'table'>,
  ): Readonly<Record<ViewTableName, () => Promise<ViewTable>>> {
    return {
      results: () =>
        actor.kind === 'vendor'
          ? this.results.campaignSums(actor, { ...query, q: query.q ?? '', campaignId: query.campaign ?? null })
          : this.results.ownCampaigns(actor, query),
      returns: () => this.money.returns(actor, query, language),
      tactics: () => this.money.tactics(actor, query, language),
      attribution: () => this.money.attribution(partner(actor), query, language),
      totals: () =>
        this.money.totals(vendor(actor), query, { language, most: format === 'pdf' ? MOST_PRINTED_ROWS : MOST_ROWS }),
      'first-results': () => this.results.firstResults(actor, query.first, language),
      'deal-sums': () => this.money.dealSums(vendor(actor), query.sums, language),
      deals: () => this.lists.deals(partner(actor), query),
      costs: () => this.lists.costs(actor, query),
      partners: () => this.results.standings(vendor(actor), query),
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
