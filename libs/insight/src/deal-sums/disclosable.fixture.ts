import fc from 'fast-check';
import type { isDisclosable } from './disclosable.js';

/** What each partner has won until the end of a span, less refunds; undefined: it is not counted. */
export type Ledger = readonly (readonly (number | undefined)[])[];
/** A sum that was told, with what each partner added to it. */
export type Told = { readonly sum: bigint; readonly parts: readonly bigint[] };

/** As the service does: what is not in a sum yet, at the end of each span. */
export function told(ledger: Ledger, mayTell: typeof isDisclosable): Told[] {
  const counted = new Map<number, bigint>();
  return ledger.flatMap((span) => {
    const open = span.map((total, partner) =>
      total === undefined ? 0n : BigInt(total) - (counted.get(partner) ?? 0n),
    );
    if (!mayTell(open.map((minorUnits) => ({ minorUnits })))) return [];
    open.forEach((part, partner) => counted.set(partner, (counted.get(partner) ?? 0n) + part));
    return [{ sum: open.reduce((sum, part) => sum + part, 0n), parts: open }];
  });
}

const size = (value: bigint): bigint => (value < 0n ? -value : value);
const inAll = (some: readonly Told[], partner: number): bigint =>
  some.reduce((sum, { parts: of }) => sum + (of[partner] ?? 0n), 0n);

/**
 * The attack: the difference of two readings is a run of sums as they were told. An insider subtracts what it put
 * into them, and takes the rest for the part of another partner.
 * @returns whether it is off by less than half of that part.
 */
export function isFound(sums: readonly Told[], partners: number): boolean {
  for (let from = 0; from < sums.length; from += 1)
    for (let to = from; to < sums.length; to += 1) {
      const run = sums.slice(from, to + 1);
      const toldInAll = run.reduce((sum, one) => sum + one.sum, 0n);
      for (let insider = 0; insider < partners; insider += 1)
        for (let victim = 0; victim < partners; victim += 1) {
          const own = inAll(run, victim);
          if (victim === insider || own === 0n) continue;
          const guess = toldInAll - inAll(run, insider);
          if (size(guess - own) * 2n < size(own)) return true;
        }
    }
  return false;
}

/** The same sum, partners and part of the insider, in which the victim has added one minor unit. */
export function twinOf(own: readonly bigint[], insider: number, victim: number): bigint[] {
  const rest = own.flatMap((part, partner) =>
    partner === insider || partner === victim || part === 0n ? [] : partner,
  );
  const left = own.reduce((sum, part) => sum + part, 0n) - (own[insider] ?? 0n) - 1n;
  const [each, more] = [left / BigInt(rest.length), left % BigInt(rest.length)];
  return own.map((part, partner) => {
    if (partner === victim) return 1n;
    const at = rest.indexOf(partner);
    return at < 0 ? part : each + (BigInt(at) < more ? 1n : 0n);
  });
}

/** Twelve partners over six spans. Amounts are whole, heavy-tailed; partners join, leave and refund. */
export const PARTNERS = 12;
const MINOR_UNITS = 100;
const anyAmount = fc
  .oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 5000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 100_000, max: 10_000_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: -3000, max: -1 }) },
  )
  .map((amount) => amount * MINOR_UNITS);

export const anyLedger: fc.Arbitrary<Ledger> = fc
  .array(fc.array(fc.record({ won: anyAmount, isIn: fc.boolean() }), { minLength: PARTNERS, maxLength: PARTNERS }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((spans) => {
    const totals = Array.from({ length: PARTNERS }, () => 0);
    return spans.map((span) =>
      span.map(({ won, isIn }, partner) => {
        totals[partner] = (totals[partner] ?? 0) + won;
        return isIn ? totals[partner] : undefined;
      }),
    );
  });
