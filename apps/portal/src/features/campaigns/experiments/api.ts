import { useQuery } from '@tanstack/react-query';
import { OF_MANY_MS } from '../../../shared/number-age';
import { get, request } from '../../../shared/request';
import { queryKeys } from '../../../shared/query-keys';

export const experimentsKey = (campaignId: string) => [...queryKeys.campaign(campaignId), 'experiments'] as const;

export const useCampaignExperiments = (campaignId: string) =>
  useQuery({
    queryKey: experimentsKey(campaignId),
    queryFn: get('/campaigns/:campaignId/experiments', { params: { campaignId } }),
    staleTime: OF_MANY_MS,
    refetchInterval: OF_MANY_MS,
  });

/** @param arm null: the test goes on. */
export const applyTestWinner = (campaignId: string, number: number, arm: string | null) =>
  request('PUT /campaigns/:campaignId/versions/:number/test-winner', {
    params: { campaignId, number },
    body: { arm },
  });
