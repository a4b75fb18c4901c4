import { queryOptions, usePrefetchQuery, useQuery } from '@tanstack/react-query';
import { get, type QueryOptions, request } from '../../shared/request';
import { usePages } from '../../shared/pages';
import { OF_MANY_MS, useFreshNumbers } from '../../shared/number-age';
import { queryKeys } from '../../shared/query-keys';
import { useReadAgain } from '../../shared/read-again';
import { useVendorMoney, VENDOR_RETURNS } from '../../shared/vendor-returns';

export const resultKeys = { attributionReports: ['attribution-reports'] } as const;

export const useInsight = (query: string, options: QueryOptions<'/insight'> = {}) =>
  useQuery({ queryKey: [...queryKeys.insight, query], queryFn: get('/insight', { query: query }), ...options });

export const useInsightCampaign = (
  campaignId: string,
  query: string,
  options: QueryOptions<'/insight/campaigns/:campaignId'> = {},
) =>
  useQuery({
    queryKey: [...queryKeys.insight, campaignId, query],
    queryFn: get('/insight/campaigns/:campaignId', { params: { campaignId }, query: query }),
    ...options,
  });

/** Released numbers change once a week, how many partners have launched at any time. */
export const useVendorInsight = (query: string, options: QueryOptions<'/vendor-insight'> = {}) =>
  useQuery({
    queryKey: ['vendor-insight', query],
    queryFn: get('/vendor-insight', { query: query }),
    refetchInterval: OF_MANY_MS,
    ...options,
  });

export const useVendorInsightUse = (options: QueryOptions<'/vendor-insight/use'> = {}) =>
  useQuery({ queryKey: ['vendor-use'], queryFn: get('/vendor-insight/use'), ...options });

const TOTALS_AT_ONCE = 50;

/**
 * Totals are counted partner by partner. Those of more than a page are read again when what partners won, or their
 * leads, have changed, or within a minute.
 * @param days `from` and `to`; empty: since the first launch.
 */
export function usePartnerTotals(days: string) {
  const { refetchInterval, ...fresh } = useFreshNumbers();
  const totals = usePages({
    queryKey: ['partner-totals', days],
    route: 'GET /vendor-insight/partners',
    query: `limit=${TOTALS_AT_ONCE}${days === '' ? '' : `&${days}`}`,
    refetchInterval: (items) => (items.length > TOTALS_AT_ONCE ? OF_MANY_MS : refetchInterval),
    ...fresh,
  });
  useReadAgain(useVendorMoney(), totals.refetch);
  return totals;
}

const DEAL_SUMS = queryOptions({ queryKey: ['deal-sums'], queryFn: get('/vendor-insight/deal-sums') });
export const useDealSums = () => useQuery(DEAL_SUMS);

/** @param state of the deals that it divides, as `moneyState`: it is read again when they change, and not before. */
export const useAttribution = (query: string, state: string, options: QueryOptions<'/insight/attribution'> = {}) =>
  useQuery({
    queryKey: [...queryKeys.attribution, query, state],
    queryFn: get('/insight/attribution', { query }),
    ...options,
  });

export const useAttributionReports = () =>
  usePages({ queryKey: resultKeys.attributionReports, route: 'GET /insight/attribution-reports', query: 'limit=20' });

export const useAttributionReport = (reportId: string) =>
  useQuery({
    queryKey: [...resultKeys.attributionReports, reportId],
    queryFn: get('/insight/attribution-reports/:reportId', { params: { reportId } }),
  });

export const publishAttribution = (body: unknown) => request('POST /insight/attribution-reports', { body });

/** @param state of what it divides; it is read again when that changes. */
export const useReturns = (query: string, state: string, options: QueryOptions<'/insight/returns'> = {}) =>
  useQuery({ queryKey: [...queryKeys.returns, query, state], queryFn: get('/insight/returns', { query }), ...options });

export const useFirstResults = () =>
  useQuery({
    queryKey: [...queryKeys.returns, 'first'],
    queryFn: get('/insight/first-results'),
    ...useFreshNumbers(),
  });

const FIRST_RESULT_BANDS = queryOptions({
  queryKey: ['vendor-insight', 'first-results'],
  queryFn: get('/vendor-insight/first-results'),
});
export const useFirstResultBands = () => useQuery(FIRST_RESULT_BANDS);

/** Loads what the parts of the vendor's results show, beside the campaigns that come before them. */
export function usePrefetchedVendorResults(): void {
  usePrefetchQuery(VENDOR_RETURNS);
  usePrefetchQuery(FIRST_RESULT_BANDS);
  usePrefetchQuery(DEAL_SUMS);
}
