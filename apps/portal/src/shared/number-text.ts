/** What a typed text says as a number. */
export type NumberReading =
  | { readonly kind: 'empty' }
  | { readonly kind: 'number'; readonly value: number }
  /** One separator that can group thousands or begin the decimals. */
  | { readonly kind: 'ambiguous'; readonly grouped: number; readonly decimal: number }
  /** More decimals than the field has. */
  | { readonly kind: 'tooPrecise' }
  | { readonly kind: 'notANumber' };

const GROUP_LENGTH = 3;
const DIGITS = /^\d+$/;
const NUMERIC = /^[\d.,' ]+$/;

/**
 * Reads a number as people of any country write it: `12.400,50`, `12,400.50`,
 * `12 400,50`, `12'400.50`. The locale decides only what the text leaves open:
 * German `12.400` is 12400. English `12.400` stays ambiguous: taken as a number
 * it would be wrong by a factor of 1000 for some who type it.
 * @param locale BCP 47, of the user.
 * @param decimals most decimals of the field; 0: whole numbers.
 */
export function readNumber(text: string, locale: string, decimals: number): NumberReading {
  const plain = text
    .trim()
    .replace(/[\s\u00a0\u202f]/gu, ' ')
    .replaceAll('’', "'")
    .replace('−', '-');
  if (plain === '') return { kind: 'empty' };
  const sign = plain.startsWith('-') ? -1 : 1;
  const body = sign === -1 ? plain.slice(1).trim() : plain;
  if (!NUMERIC.test(body) || !/\d/.test(body)) return { kind: 'notANumber' };
  return readUnsigned(body, sign, locale, decimals);
}

function readUnsigned(body: string, sign: number, locale: string, decimals: number): NumberReading {
  const last = Math.max(body.lastIndexOf('.'), body.lastIndexOf(','));
  if (last === -1) return numberFrom(body, '', sign, decimals);
  const mark = body.charAt(last);
  const whole = body.slice(0, last);
  const rest = body.slice(last + 1);
  if (whole.includes(mark)) return numberFrom(body, '', sign, decimals);
  if (!DIGITS.test(whole) || !isGroup(whole, rest)) return numberFrom(whole, rest, sign, decimals);
  const { decimal } = separatorsOf(locale);
  const grouped = sign * Number(whole + rest);
  if (isGroupMark(mark, locale)) return { kind: 'number', value: grouped };
  if (mark === decimal && decimals >= GROUP_LENGTH) return numberFrom(whole, rest, sign, decimals);
  return { kind: 'ambiguous', grouped, decimal: sign * Number(`${whole}.${rest}`) };
}

/**
 * Whether a separator groups thousands in the locale, or in its language as
 * spoken elsewhere. ICU groups Austrian numbers by spaces, but Austrians type
 * `12.400`, too.
 */
function isGroupMark(mark: string, locale: string): boolean {
  const { group, decimal } = separatorsOf(locale);
  return mark === group || (mark !== decimal && mark === separatorsOf(new Intl.Locale(locale).language).group);
}

/** Whether digits on both sides of a separator look like `12.400`. */
const isGroup = (whole: string, rest: string): boolean =>
  rest.length === GROUP_LENGTH && DIGITS.test(rest) && whole.length <= GROUP_LENGTH && !whole.startsWith('0');

function numberFrom(whole: string, fraction: string, sign: number, decimals: number): NumberReading {
  const digits = whole === '' ? '0' : ungrouped(whole);
  if (digits === null || (fraction !== '' && !DIGITS.test(fraction))) return { kind: 'notANumber' };
  return /[1-9]/.test(fraction.slice(decimals))
    ? { kind: 'tooPrecise' }
    : { kind: 'number', value: sign * Number(`${digits}.${fraction}`) };
}

/** The digits of an integer; null if its groups are not of three digits. */
function ungrouped(whole: string): string | null {
  const [separator] = whole.replace(/\d/g, '');
  if (separator === undefined) return whole;
  const [first = '', ...groups] = whole.split(separator);
  const isWellFormed =
    DIGITS.test(first) &&
    first.length <= GROUP_LENGTH &&
    groups.every((group) => group.length === GROUP_LENGTH && DIGITS.test(group));
  return isWellFormed ? first + groups.join('') : null;
}

function separatorsOf(locale: string): { group: string | undefined; decimal: string | undefined } {
  const parts = new Intl.NumberFormat(locale).formatToParts(12_345.6);
  const of = (type: string) => parts.find((part) => part.type === type)?.value;
  return { group: of('group'), decimal: of('decimal') };
}

/**
 * An amount without the signs of its currency: `€ 12.500,-` is `12.500`. The
 * sign of another currency stays, so that the amount is refused.
 * @param currency ISO 4217.
 */
export function withoutCurrency(text: string, locale: string, currency: string): string {
  const signs = (['symbol', 'narrowSymbol', 'code'] as const).map((currencyDisplay) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay })
      .formatToParts(1)
      .find(({ type }) => type === 'currency'),
  );
  const bare = signs.reduce((rest, sign) => (sign === undefined ? rest : rest.replace(sign.value, '')), text.trim());
  return bare.trim().replace(/[.,][-–—]{1,2}$/, '');
}

/** A number as the locale writes it, with at most `decimals` decimals. */
export const numberText = (value: number, locale: string, decimals: number, useGrouping = true): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: decimals, useGrouping }).format(value);

/** An amount without its currency: whole, or with all decimals (`12,50`). */
export const amountText = (value: number, locale: string, decimals: number): string =>
  new Intl.NumberFormat(locale, {
    minimumFractionDigits: Number.isInteger(value) ? 0 : decimals,
    maximumFractionDigits: decimals,
  }).format(value);
