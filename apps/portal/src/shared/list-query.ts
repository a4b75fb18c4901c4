import { useSearchParams } from 'react-router';
import { orderFrom } from '#contracts';
import { isCurrencyCode, isDay, isId } from './address-values';

/** Forms of filters; without its form a filter is left out, as the API would refuse the whole list. */
const FORMS: Readonly<Record<string, (text: string) => boolean>> = {
  campaignId: isId,
  partnerId: isId,
  currency: isCurrencyCode,
  from: isDay,
  to: isDay,
  closedFrom: isDay,
  closedTo: isDay,
  expectedFrom: isDay,
  expectedTo: isDay,
};

/** A filter: its name, or also the values that the API knows. Others are left out, as without its form. */
type ListFilter = string | { readonly name: string; readonly values: readonly string[] | ((text: string) => boolean) };

/**
 * What an address asks of a list that the API filters and sorts. A sort of another column is of the rows that are
 * loaded, and no part of it.
 * @param filters names of parameters; the address and the API have the same.
 * @param sorts columns that the API sorts by.
 * @param sought the search, which is in the address before it rests.
 * @param part of a screen with several lists: its parameters begin with it in the address, `totalsSort`.
 * @returns `query` for the API; empty: all rows in the usual order.
 */
export function useListQuery(
  filters: readonly ListFilter[],
  sorts: readonly string[],
  sought = '',
  part = '',
): { readonly query: string; readonly isNarrowed: boolean } {
  const [params] = useSearchParams();
  const chosen = filters.flatMap((filter) => {
    const { name, values = null } = typeof filter === 'string' ? { name: filter } : filter;
    const value = params.get(parameterOf(part, name))?.trim() ?? '';
    const isOne =
      typeof values === 'function' ? values : values === null ? FORMS[name] : (text: string) => values.includes(text);
    const isKnown = isOne?.(value) ?? true;
    return value === '' || !isKnown ? [] : [[name, value]];
  });
  if (sought !== '') chosen.push(['q', sought]);
  const sort = params.get(parameterOf(part, 'sort')) ?? '';
  const isSorted = sorts.includes(orderFrom(sort)?.key ?? '');
  return {
    query: new URLSearchParams([...chosen, ...(isSorted ? [['sort', sort]] : [])]).toString(),
    isNarrowed: chosen.length > 0,
  };
}

/** The name that a parameter of the API has in the address of a screen: `totalsSort`. */
const parameterOf = (part: string, name: string): string =>
  part === '' ? name : `${part}${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** A path with the query of a list. */
export const withQuery = (path: string, query: string): string => (query === '' ? path : `${path}?${query}`);
