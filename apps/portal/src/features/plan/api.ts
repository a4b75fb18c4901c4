import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get } from '../../shared/request';

/** Campaigns in time. @param shown first and last day. */
export const useCampaignPlan = (shown: { readonly from: string; readonly to: string }) =>
  useQuery({
    queryKey: ['campaign-plan', shown.from, shown.to],
    queryFn: get('/campaign-plan', { query: new URLSearchParams({ ...shown }) }),
    placeholderData: keepPreviousData,
  });
