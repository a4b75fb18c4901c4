import type { VendorDealSums } from '#contracts';
import { moneyCell, type Table } from '#tables';

/** A row per sum without names. */
export const dealSumTable = ({ sums }: Pick<VendorDealSums, 'sums'>): Table => ({
  columns: ['to', 'partners', 'amount', 'currency'],
  rows: sums.map((sum) => [sum.endsOn, sum.partners, moneyCell(sum), null]),
});
