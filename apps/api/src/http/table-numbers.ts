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

/** A number as it is written. */
interface WrittenNumber {
  readonly value: number;
  /** After the sign, without zeros at the end. */
  readonly decimals: number;
  /** All of them, without zeros at both ends. */
  readonly digits: number;
}

/**
 * `1234.5`, `1,234.5` and `1.234,5`. Where three digits follow the only sign, the column decides; else the number
 * is ambiguous, because the wrong choice would be a thousand times too much.
 */
export function decimalIn(
  cell: string,
  columnSign: DecimalSign | null,
): WrittenNumber | { readonly fault: 'ambiguous' | 'invalid' } {
  const number = withoutSpaces(cell);
  const isWhole = /^[+-]?\d+$/.test(number);
  const sign = isWhole ? '.' : IS_AMBIGUOUS.test(number) ? columnSign : signIn(number);
  if (sign === null) return { fault: IS_AMBIGUOUS.test(number) ? 'ambiguous' : 'invalid' };
  const plain = number.replaceAll(sign === '.' ? ',' : '.', '').replace(sign, '.');
  const [whole = '', rest = ''] = plain.split('.');
  const decimals = withoutLastZeros(rest);
  const digits = withoutLastZeros(`${whole}${decimals}`).replace(/^[+-]?0*/, '').length;
  return { value: Number(plain), decimals: decimals.length, digits };
}

/** In a loop: a pattern that ends with zeros begins at each zero of a long number anew. */
function withoutLastZeros(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === '0') end -= 1;
  return text.slice(0, end);
}

/** The number of a cell, as `decimalIn` reads it; undefined: none, or an ambiguous one. */
export function numberIn(cell: string, columnSign: DecimalSign | null): number | undefined {
  const read = decimalIn(cell, columnSign);
  return 'fault' in read ? undefined : read.value;
}
