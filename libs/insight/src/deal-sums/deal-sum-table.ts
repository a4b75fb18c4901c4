import type { VendorDealSums } from '#contracts';
import { type Table, wholeUnitsCell } from '#tables';

/** A row per sum without names, in whole units of its currency. */
export const dealSumTable = ({ sums }: Pick<VendorDealSums, 'sums'>): Table => ({
  columns: ['to', 'partners', 'amount', 'currency'],
  rows: sums.map((sum) => [sum.endsOn, sum.partners, wholeUnitsCell(sum), sum.currency]),
});
