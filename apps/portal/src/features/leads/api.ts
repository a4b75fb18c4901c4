import type { Amount } from '#contracts';
import { request } from '../../shared/request';
import { usePages } from '../../shared/pages';
import { queryKeys } from '../../shared/query-keys';

/** @param isWaiting only leads that wait for a follow-up. */
export const useLeads = (isWaiting: boolean, refetchInterval: number) =>
  usePages({
    queryKey: [...queryKeys.leads, isWaiting ? 'waiting' : 'all'],
    route: 'GET /leads',
    query: `limit=50${isWaiting ? '&waiting=yes' : ''}`,
    refetchInterval,
  });

/** The key is below the leads, so that the history is invalidated with them. */
export const useLeadHistory = (leadId: string, limit: number) =>
  usePages({
    queryKey: [...queryKeys.leads, leadId, 'history'],
    route: 'GET /leads/:leadId/history',
    params: { leadId },
    query: `limit=${limit}`,
  });

export const addFollowUp = (leadId: string, body: unknown) =>
  request('POST /leads/:leadId/follow-ups', { params: { leadId }, body });

export const updateLead = (leadId: string, body: unknown) =>
  request('PATCH /leads/:leadId', { params: { leadId }, body });

/** @param amount null: unknown. */
export const changeLeadAmount = (leadId: string, amount: Amount | null) =>
  request('PUT /leads/:leadId/amount', { params: { leadId }, body: { amount } });
