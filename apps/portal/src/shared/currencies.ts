import { useMemo } from 'react';
import { useCostChoices } from './cost-choices';

/** Offered before the others to those who have used none. */
const COMMON = ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'CAD', 'AUD', 'JPY'];
const ALL = Intl.supportedValuesOf('currency');

interface CurrencyChoices {
  readonly first: readonly string[];
  /** Whether the first ones are those in use, the most used first; else they are common ones. */
  readonly areUsed: boolean;
  /** All others, by code. */
  readonly others: readonly string[];
  /** The most used one; euros before the first. */
  readonly usual: string;
}

/**
 * The currencies that amounts can have.
 * @param kept a currency that is offered even if the browser does not know it; empty: none.
 */
export function useCurrencies(kept = ''): CurrencyChoices {
  const used = useCostChoices().data?.currencies;
  return useMemo(() => {
    const areUsed = used !== undefined && used.length > 0;
    const first = areUsed ? used : COMMON;
    const all = kept === '' || ALL.includes(kept) ? ALL : [kept, ...ALL];
    return { first, areUsed, others: all.filter((code) => !first.includes(code)), usual: first[0] ?? 'EUR' };
  }, [used, kept]);
}
