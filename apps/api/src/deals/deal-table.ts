import type { DealView } from '#contracts';
import { DEAL_DETAIL_COLUMNS, dealDetailCells } from '#leads';
import type { TableCell, TableColumn } from '../http/csv-table.js';

/** The columns of a table of deals. An import reads them, too, so that the table can be corrected and imported again. */
export const DEAL_COLUMNS = [
  'id',
  'externalId',
  'contact',
  'company',
  'campaign',
  ...DEAL_DETAIL_COLUMNS,
] as const satisfies readonly TableColumn[];

/** A deal in these columns. */
export const dealCells = (deal: DealView): TableCell[] => [
  deal.id,
  deal.externalId,
  deal.name,
  deal.company,
  deal.campaignTitle,
  ...dealDetailCells(deal),
];
