import { moneyCell, type TableCell, type TableColumn } from '#tables';
import type { Deal } from './deal.js';

/** What all tables of deals have of a deal itself. */
export const DEAL_DETAIL_COLUMNS = [
  'stage',
  'amount',
  'currency',
  'refunded',
  'expectedOn',
  'closedOn',
  'lostReason',
  'products',
] as const satisfies readonly TableColumn[];

/** What tables of withdrawn deals have besides: each of them counts nowhere. */
const WITHDRAWAL_COLUMNS = ['withdrawnAt', 'withdrawnReason'] as const satisfies readonly TableColumn[];

/** The last columns of a table of deals. @param stage the stage that it is filtered by. */
export const withdrawalColumns = (stage: string | null | undefined): readonly (typeof WITHDRAWAL_COLUMNS)[number][] =>
  stage === 'withdrawn' ? WITHDRAWAL_COLUMNS : [];

/** A deal in `withdrawalColumns`. */
export const withdrawalCells = (
  { withdrawn }: { readonly withdrawn: Pick<NonNullable<Deal['withdrawn']>, 'at' | 'reason'> | null },
  stage: string | null | undefined,
): TableCell[] =>
  stage === 'withdrawn' ? [withdrawn === null ? null : new Date(withdrawn.at), withdrawn?.reason ?? null] : [];

/** A deal in `DEAL_DETAIL_COLUMNS`, as an import reads it. */
export function dealDetailCells(
  deal: Pick<Deal, 'stage' | 'amount' | 'refundedMinor' | 'expectedOn' | 'closedOn' | 'lostReason' | 'products'>,
): TableCell[] {
  const { amount, refundedMinor } = deal;
  return [
    deal.stage,
    moneyCell(amount),
    null,
    moneyCell(amount === null || refundedMinor === 0 ? null : { ...amount, minorUnits: refundedMinor }),
    deal.expectedOn,
    deal.closedOn,
    deal.lostReason,
    productsText(deal.products),
  ];
}

/** Bars between names, which may have commas and semicolons; a bar within a name is `\|`. */
function productsText(products: readonly string[]): string {
  const [first, ...others] = products.map((product) => product.replaceAll('|', '\\|'));
  return others.length === 0 && first?.includes(';') === true ? `${first} |` : [first ?? '', ...others].join(' | ');
}
