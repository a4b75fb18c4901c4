import type { DealFilter, DealView } from '#contracts';
import { DEAL_DETAIL_COLUMNS, dealDetailCells, withdrawalCells, withdrawalColumns } from '#leads';
import type { TableCell, TableColumn } from '../http/csv-table.js';

type Stage = DealFilter['stage'];

/**
 * The columns of a table of deals. An import reads them, too, so that the table can be corrected and imported again.
 * @param stage the stage that it is filtered by.
 */
export const dealColumns = (stage: Stage): readonly TableColumn[] => [
  'id',
  'externalId',
  'contact',
  'company',
  'campaign',
  ...DEAL_DETAIL_COLUMNS,
  ...withdrawalColumns(stage),
];

/** A deal in these columns. */
export const dealCells = (deal: DealView, stage: Stage): TableCell[] => [
  deal.id,
  deal.externalId,
  deal.name,
  deal.company,
  deal.campaignTitle,
  ...dealDetailCells(deal),
  ...withdrawalCells(deal, stage),
];
