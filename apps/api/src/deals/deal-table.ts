import type { DealView } from '#contracts';
import { amountsCell, type TableCell, type TableColumn } from '../http/csv-table.js';

/** The columns of a table of deals. */
export const DEAL_COLUMNS = [
  'id',
  'externalId',
  'contact',
  'company',
  'campaign',
  'stage',
  'amount',
  'refunded',
  'expectedOn',
  'closedOn',
  'lostReason',
  'products',
] as const satisfies readonly TableColumn[];

/** A deal in these columns. */
export function dealCells(deal: DealView): TableCell[] {
  const { amount, refundedMinor } = deal;
  const money = (minorUnits: number): TableCell => (amount === null ? null : amountsCell([{ ...amount, minorUnits }]));
  return [
    deal.id,
    deal.externalId,
    deal.name,
    deal.company,
    deal.campaignTitle,
    deal.stage,
    money(amount?.minorUnits ?? 0),
    refundedMinor === 0 ? null : money(refundedMinor),
    deal.expectedOn,
    deal.closedOn,
    deal.lostReason,
    deal.products.join(', '),
  ];
}
