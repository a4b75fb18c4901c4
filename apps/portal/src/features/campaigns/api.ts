import { useQuery } from '@tanstack/react-query';
import { get, request, type QueryOptions } from '../../shared/request';

export const useCampaign = (campaignId: string, options: QueryOptions<'/campaigns/:campaignId'> = {}) =>
  useQuery({
    queryKey: ['campaign', campaignId],
    queryFn: get('/campaigns/:campaignId', { params: { campaignId } }),
    ...options,
  });

export const useCampaignTemplates = (options: QueryOptions<'/campaign-templates'> = {}) =>
  useQuery({ queryKey: ['campaign-templates'], queryFn: get('/campaign-templates'), ...options });

export const approveVersion = (campaignId: string, number: number | string) =>
  request('POST /campaigns/:campaignId/versions/:number/approve', { params: { campaignId, number } });

export const checkLinks = (campaignId: string, number: number | string) =>
  request('POST /campaigns/:campaignId/versions/:number/check-links', { params: { campaignId, number } });

export const copyCampaign = (body: unknown) => request('POST /campaign-copies', { body });

export const createComment = (campaignId: string, number: number | string, body: unknown) =>
  request('POST /campaigns/:campaignId/versions/:number/comments', { params: { campaignId, number }, body });

export const startSampleDryRun = (campaignId: string, number: number | string, body: unknown) =>
  request('POST /campaigns/:campaignId/versions/:number/dry-run', { params: { campaignId, number }, body });
