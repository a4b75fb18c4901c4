import { useQuery } from '@tanstack/react-query';
import { get, request, type QueryOptions, type RequestInput } from '../../shared/request';
import { queryKeys } from '../../shared/query-keys';

export const useAuthoringLanguage = (options: QueryOptions<'/authoring-language'> = {}) =>
  useQuery({ queryKey: ['authoring-language'], queryFn: get('/authoring-language'), ...options });

export const useCampaignVersion = (
  campaignId: string,
  number: number | string,
  options: QueryOptions<'/campaigns/:campaignId/versions/:number'> = {},
) =>
  useQuery({
    queryKey: queryKeys.campaignVersion(campaignId, number),
    queryFn: get('/campaigns/:campaignId/versions/:number', { params: { campaignId, number } }),
    ...options,
  });

export const checkCampaignVersionFile = (campaignId: string, number: number | string, input: RequestInput) =>
  request('POST /campaigns/:campaignId/versions/:number/files/check', { params: { campaignId, number }, ...input });

export const updateCampaignVersionFile = (campaignId: string, number: number | string, body: unknown) =>
  request('PATCH /campaigns/:campaignId/versions/:number/files', { params: { campaignId, number }, body });
