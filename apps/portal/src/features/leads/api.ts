import { useIsMutating, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Amount, ChangeDeal, LeadView } from '#contracts';
import { basedOn, get, type QueryOptions, request } from '../../shared/request';
import { useFreshNumbers, useFreshRows } from '../../shared/number-age';
import { usePages } from '../../shared/pages';
import { invalidate, queryKeys } from '../../shared/query-keys';

export const leadKeys = { mailSetting: ['lead-mail-setting'] } as const;

/** @param isWaiting only leads that wait for a follow-up. */
export function useLeads(isWaiting: boolean) {
  const { refetchInterval, ...fresh } = useFreshRows();
  // Rows that were read before a change is stored would show the old state for a moment.
  const isChanging = useIsMutating({ mutationKey: queryKeys.leads }) > 0;
  return usePages({
    queryKey: [...queryKeys.leads, isWaiting ? 'waiting' : 'all'],
    route: 'GET /leads',
    query: `limit=50${isWaiting ? '&waiting=yes' : ''}`,
    refetchInterval: isChanging ? false : refetchInterval,
    ...fresh,
  });
}

/** One lead, which the loaded pages may not contain. */
export const useLead = (leadId: string, options: QueryOptions<'/leads/:leadId'> = {}) =>
  useQuery({
    queryKey: [...queryKeys.leads, leadId, 'lead'],
    queryFn: get('/leads/:leadId', { params: { leadId } }),
    ...useFreshNumbers(),
    ...options,
  });

/** The key is below the leads, so that the history is invalidated with them. */
export const useLeadHistory = (leadId: string, limit: number) =>
  usePages({
    queryKey: [...queryKeys.leads, leadId, 'history'],
    route: 'GET /leads/:leadId/history',
    params: { leadId },
    query: `limit=${limit}`,
    ...useFreshRows(),
  });

export const useLeadMailSetting = () =>
  useQuery({ queryKey: leadKeys.mailSetting, queryFn: get('/lead-mail-setting') });

export const saveLeadMailSetting = (details: string) => request('PUT /lead-mail-setting', { body: { details } });

export const addFollowUp = (leadId: string, body: unknown) =>
  request('POST /leads/:leadId/follow-ups', { params: { leadId }, body });

export const updateLead = (leadId: string, body: unknown) =>
  request('PATCH /leads/:leadId', { params: { leadId }, body });

/** @param amount null: unknown. */
export const changeLeadAmount = (leadId: string, amount: Amount | null) =>
  request('PUT /leads/:leadId/amount', { params: { leadId }, body: { amount } });

/**
 * Makes a lead a deal, or changes its deal.
 * @param dealId the deal that the user sees: a lead may have another one by the time it is saved; null: none.
 * @param onSaved called with the lead afterwards: its status follows the deal.
 */
export function useSaveDeal(leadId: string, dealId: string | null, onSaved: (lead: LeadView) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ body, version }: { readonly body: ChangeDeal; readonly version: number }) => {
      const sent = { body, headers: basedOn(version) };
      if (dealId === null) await request('PATCH /leads/:leadId/deal', { params: { leadId }, ...sent });
      else await request('PATCH /deals/:dealId', { params: { dealId }, ...sent });
      return request('GET /leads/:leadId', { params: { leadId } });
    },
    onSuccess: async (lead) => {
      onSaved(lead);
      await invalidate(client, queryKeys.leads, queryKeys.deals);
    },
    // The form offers the current values.
    onError: () => void invalidate(client, queryKeys.leads, queryKeys.deals),
  });
}
