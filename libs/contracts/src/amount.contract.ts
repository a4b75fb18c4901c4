import { z } from 'zod';
import { moneyText } from './money.js';

/** In the currency's smallest unit: 129900 EUR is 1,299.00 €. */
export const Amount = z.strictObject({
  minorUnits: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'Name the currency by its three letters, such as EUR'),
});
export type Amount = z.infer<typeof Amount>;

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
/** The currency of an amount that is entered. */
const Currency = Amount.shape.currency.refine(
  (code) => CURRENCIES.has(code),
  'There is no such currency. Name it by its three letters of ISO 4217, such as EUR',
);

/** A number of the smallest unit of a currency. Its limit is told in the currency, where that is known. */
export const enteredUnits = (least: number, most: number) =>
  z
    .number()
    .refine(Number.isInteger, 'Give a whole number of the smallest unit of the currency, such as cents')
    .min(least)
    .meta({ type: 'integer', maximum: most });

/**
 * An amount that is entered.
 * @param otherwise what else than too many zeros it may be: `or enter …`.
 */
export const amountUpTo = (most: number, least: number, otherwise: string) =>
  z
    .strictObject({ minorUnits: enteredUnits(least, most), currency: Currency })
    .superRefine(({ minorUnits, currency }, context) => {
      // A currency that is none has a fault of its own, and no way to write an amount.
      if (minorUnits <= most || !CURRENCIES.has(currency)) return;
      const limit = { minorUnits: most, currency };
      context.addIssue({
        code: 'custom',
        path: ['minorUnits'],
        message: `is at most ${moneyText('en', limit)}. Check the number of zeros, ${otherwise}`,
        params: { code: 'field.amount-too-high', named: limit },
      });
    });

/**
 * The largest amount of a deal, in the currency's smallest unit. Sums are exact up to 2^53, so 900 deals of this
 * amount add up to the cent.
 */
export const MAX_DEAL = 10_000_000_000_000;
export const DealAmount = amountUpTo(MAX_DEAL, 0, 'or enter one deal for each part');
