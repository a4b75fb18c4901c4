/**
 * Numbers as people write them in tables, and names of columns.
 */
export type DecimalSign = '.' | ',';

/** A heading in small letters and digits alone. */
export const keyOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

const withoutSpaces = (cell: string): string => cell.replace(/[\s'’]/gu, '');
/** `12.375` and `1,250`: of thousandths or of thousands. */
const IS_AMBIGUOUS = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

/** The sign that a number itself shows to be that of its decimals; null: it shows none. */
function signIn(number: string): DecimalSign | null {
  if (/^[+-]?\d{1,3}(,\d{3})+\.\d+$/.test(number) || /^[+-]?\d{1,3}(,\d{3}){2,}$/.test(number)) return '.';
  if (/^[+-]?\d{1,3}(\.\d{3})+,\d+$/.test(number) || /^[+-]?\d{1,3}(\.\d{3}){2,}$/.test(number)) return ',';
  if (IS_AMBIGUOUS.test(number)) return null;
  const single = /^[+-]?\d+([.,])\d+$/.exec(number)?.[1];
  return single === '.' || single === ',' ? single : null;
}

/** The sign of decimals that the numbers of a column agree on; null: none, or two. */
export function decimalSignOf(cells: readonly string[]): DecimalSign | null {
  const signs = new Set(cells.map((cell) => signIn(withoutSpaces(cell))).filter((sign) => sign !== null));
  return signs.size === 1 ? ([...signs][0] ?? null) : null;
}

/**
 * `1234.5`, `1,234.5` and `1.234,5`. Where three digits follow the only sign,
 * the column decides; else it is no number, because the wrong choice would be a
 * thousand times too much.
 */
export function numberIn(cell: string, columnSign: DecimalSign | null): number | undefined {
  const number = withoutSpaces(cell);
  if (/^[+-]?\d+$/.test(number)) return Number(number);
  const sign = IS_AMBIGUOUS.test(number) ? columnSign : signIn(number);
  if (sign === null) return undefined;
  return Number(number.replaceAll(sign === '.' ? ',' : '.', '').replace(sign, '.'));
}
