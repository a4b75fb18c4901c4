import type { DealView } from '#contracts';
import { type TableCell, type TableColumn, wholeUnitsCell } from '../http/csv-table.js';

/** The columns of a table of deals. An import reads them, too, so that the table can be corrected and imported again. */
export const DEAL_COLUMNS = [
  'id',
  'externalId',
  'contact',
  'company',
  'campaign',
  'stage',
  'amount',
  'currency',
  'refunded',
  'expectedOn',
  'closedOn',
  'lostReason',
  'products',
] as const satisfies readonly TableColumn[];

/** A deal in these columns. */
export function dealCells(deal: DealView): TableCell[] {
  const { amount, refundedMinor } = deal;
  const money = (minorUnits: number): TableCell => (amount === null ? null : wholeUnitsCell({ ...amount, minorUnits }));
  return [
    deal.id,
    deal.externalId,
    deal.name,
    deal.company,
    deal.campaignTitle,
    deal.stage,
    money(amount?.minorUnits ?? 0),
    amount?.currency ?? null,
    refundedMinor === 0 ? null : money(refundedMinor),
    deal.expectedOn,
    deal.closedOn,
    deal.lostReason,
    productsText(deal.products),
  ];
}

/** As an import reads it: bars between names, which may have commas and semicolons. */
const productsText = (products: readonly string[]): string =>
  products.length === 1 && products[0]?.includes(';') === true ? `${products[0]} |` : products.join(' | ');
