import type { CostImportView, CostView } from '#contracts';
import type { CostBearer, ListedCost, PlannedCost, PlannedCosts } from '#insight';
import { moneyCell, type TableCell, type TableColumn } from '../http/csv-table.js';

/** A title in a language, or else in another one; empty without any. */
const titleIn = (titles: Readonly<Record<string, string>>, locale: string): string =>
  titles[locale] ?? titles['en'] ?? Object.values(titles)[0] ?? '';

export function costView({ kind }: CostBearer, cost: ListedCost): CostView {
  const { ownerId: _, sortKey: __, titles, createdAt, updatedAt, ...shown } = cost;
  return {
    ...shown,
    bearer: kind,
    campaignTitle: titleIn(titles, 'en'),
    campaignTitles: { ...titles },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

/** Columns that an import reads, too, so that a table can be corrected and imported again. */
export const COST_COLUMNS = [
  'id',
  'reference',
  'description',
  'amount',
  'currency',
  'from',
  'to',
  'campaignId',
  'campaign',
  'partnerId',
  'partner',
  'tactic',
  'by',
  'at',
] as const satisfies readonly TableColumn[];

/** @param locale of the reader. */
export const costRow = (cost: ListedCost, locale: string): TableCell[] => [
  cost.id,
  cost.reference,
  cost.description,
  moneyCell(cost.amount),
  null,
  cost.from,
  cost.to,
  cost.campaignId,
  titleIn(cost.titles, locale),
  cost.partnerId,
  cost.partnerName,
  cost.tactic,
  cost.by,
  cost.updatedAt,
];

export function costImportView({ version, rows }: PlannedCosts, ignoredColumns: readonly string[]): CostImportView {
  const count = (outcome: PlannedCost['outcome']): number => rows.filter((row) => row.outcome === outcome).length;
  return {
    version,
    counts: { new: count('new'), changed: count('changed'), unchanged: count('unchanged'), refused: count('refused') },
    rows: rows.map(({ row, outcome, after, changes, faults }) => ({
      line: row.line,
      reference: row.reference,
      outcome,
      description: after?.description ?? row.change.description ?? null,
      amount: after?.amount ?? null,
      from: after?.from ?? null,
      to: after?.to ?? null,
      changes: [...changes],
      faults: [...faults],
    })),
    ignoredColumns: [...ignoredColumns],
  };
}
