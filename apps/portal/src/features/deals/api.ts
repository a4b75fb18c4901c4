import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ChangeDeal } from '#contracts';
import { useNewestDealChange } from '../../shared/leads/newest-deal-change';
import { FOLLOWS_MARK, useFreshNumbers, useFreshRows } from '../../shared/number-age';
import { usePages } from '../../shared/pages';
import { useProblemNotice } from '../../shared/problem-notice';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { useReadAgain } from '../../shared/read-again';
import { basedOn, get, request } from '../../shared/request';

/**
 * All loaded pages are read again when a deal was changed. Other changes, such as the name of a contact, are read
 * with the next one, or within a minute.
 * @param query of the address: filters and the sort.
 */
export function useDeals(query: string) {
  const list = usePages({
    queryKey: [...queryKeys.deals, 'list', query],
    route: 'GET /deals',
    query: query === '' ? 'limit=50' : `limit=50&${query}`,
    ...FOLLOWS_MARK,
  });
  useReadAgain(useNewestDealChange(), list.refetch);
  return list;
}

/** What the deals of a list add up to, read again with its rows. @param query its filters. */
export function useDealListSums(query: string) {
  const sums = useQuery({
    queryKey: [...queryKeys.deals, 'sums', query],
    queryFn: get('/deals/sums', { query }),
    ...FOLLOWS_MARK,
  });
  useReadAgain(useNewestDealChange(), sums.refetch);
  return sums;
}

export const useDeal = (dealId: string) =>
  useQuery({
    queryKey: [...queryKeys.deals, dealId],
    queryFn: get('/deals/:dealId', { params: { dealId } }),
    ...useFreshNumbers(),
  });

/** @param changedAt of the deal: each change of it is a line, as is each change of who sees it. */
export const useDealHistory = (dealId: string, changedAt: string) =>
  useQuery({
    queryKey: [...queryKeys.deals, dealId, 'history', changedAt],
    queryFn: get('/deals/:dealId/history', { params: { dealId } }),
    placeholderData: keepPreviousData,
    ...useFreshNumbers(),
  });

/** @param changedAt of the deal: it reads all paths of the partner, so it is read again when the deal was changed. */
export const useDealAttribution = (dealId: string, changedAt: string) =>
  useQuery({
    queryKey: [...queryKeys.attribution, 'deal', dealId, changedAt],
    queryFn: get('/deals/:dealId/attribution', { params: { dealId } }),
    placeholderData: keepPreviousData,
  });

export const useDealShares = (dealId: string) =>
  useQuery({
    queryKey: [...queryKeys.deals, dealId, 'shares'],
    queryFn: get('/deals/:dealId/shares', { params: { dealId } }),
    ...useFreshNumbers(),
  });

/** Deals of other partners in which this one takes part. */
export const useSharedDeals = () =>
  usePages({
    queryKey: [...queryKeys.deals, 'shared'],
    route: 'GET /shared-deals',
    query: 'limit=50',
    ...useFreshRows(),
  });

/** Reads all deals again: who sees one, and the role of its partner. */
export function useDealSharesChanged(): () => Promise<void> {
  const client = useQueryClient();
  return () => invalidate(client, queryKeys.deals);
}

/** @param version that the user sees. */
export const withdrawDeal = (dealId: string, reason: string, version: number) =>
  request('POST /deals/:dealId/withdraw', { params: { dealId }, body: { reason }, headers: basedOn(version) });

/** Imports that added or changed deals, the newest first. */
export const usePastImports = () =>
  usePages({ queryKey: [...queryKeys.deals, 'imports'], route: 'GET /deal-imports', query: 'limit=10' });

/** @param dryRun answers what would be done. */
export const undoImport = (dealImportId: string, dryRun: boolean) =>
  request('POST /deal-imports/:dealImportId/undo', { params: { dealImportId }, body: { dryRun } });

export const shareDeal = (dealId: string, body: object) =>
  request('POST /deals/:dealId/shares', { params: { dealId }, body });

export const revokeDealShare = (dealShareId: string) =>
  request('POST /deal-shares/:dealShareId/revoke', { params: { dealShareId } });

export const acceptDealInvitation = (invitation: string) =>
  request('POST /deal-invitations/accept', { body: { invitation } });

/** Changes a deal, or records a refund of it; lists of deals and leads are read again. */
export function useDealChanges(dealId: string, onDone: () => void) {
  const client = useQueryClient();
  const onError = useProblemNotice();
  const onSuccess = async () => {
    onDone();
    await invalidate(client, queryKeys.deals, queryKeys.leads);
  };
  const change = useMutation({
    // Its form shows errors at the fields.
    mutationFn: ({ body, version }: { readonly body: ChangeDeal; readonly version: number }) =>
      request('PATCH /deals/:dealId', { params: { dealId }, body, headers: basedOn(version) }),
    onSuccess,
    // The form offers the current values.
    onError: () => void invalidate(client, queryKeys.deals, queryKeys.leads),
  });
  const refund = useMutation({
    mutationFn: (minorUnits: number) =>
      request('POST /deals/:dealId/refunds', { params: { dealId }, body: { minorUnits } }),
    onSuccess,
    onError,
  });
  return { change, refund };
}

function formOf(file: File): FormData {
  const form = new FormData();
  form.append('file', file);
  return form;
}

export const previewImport = (file: File) => request('POST /deals/import/preview', { form: formOf(file) });

/** @param version of the preview. */
export function importDeals(file: File, version: string) {
  const form = formOf(file);
  form.append('basedOn', version);
  return request('POST /deals/import', { form });
}
