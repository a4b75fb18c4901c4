import { useQuery } from '@tanstack/react-query';
import type { EndPartnership } from '#contracts';
import { useNewestDealChange } from '../../shared/leads/newest-deal-change';
import { FOLLOWS_MARK } from '../../shared/number-age';
import { queryKeys } from '../../shared/query-keys';
import { useReadAgain } from '../../shared/read-again';
import { get, type QueryOptions, request } from '../../shared/request';

/** Totals for all vendors, which count the clicks of the partner. */
export const useOwnTotals = () =>
  useQuery({ queryKey: queryKeys.sharedTotals, queryFn: get('/shared-totals'), ...FOLLOWS_MARK });

/** Reads them again when a deal was changed: once for the screen, which has a table for each vendor. */
export function useFollowOwnTotals(): void {
  useReadAgain(useNewestDealChange(), useOwnTotals().refetch);
}

export const distributionKey = ['distribution'] as const;

export const useDistribution = (options: QueryOptions<'/distribution'> = {}) =>
  useQuery({ queryKey: distributionKey, queryFn: get('/distribution'), ...options });

export const proposePartner = (body: unknown) => request('POST /distribution/proposals', { body });

export const leaveVendor = (vendorId: string, end: EndPartnership) =>
  request('POST /vendors/leave', { body: { vendorId, ...end } });

export const stayWithVendor = (vendorId: string) => request('POST /vendors/stay', { body: { vendorId } });
/** What vendors ask the partner to tell about its company. */
export const useCompanyFacts = () =>
  useQuery({ queryKey: queryKeys.vendorAttributes, queryFn: get('/vendor-attributes') });

export const saveCompanyFacts = (vendorId: string, values: object) =>
  request('PATCH /vendor-attributes', { body: { vendorId, values } });

export const saveCountedDeals = (body: unknown) => request('PUT /counted-deals', { body });
