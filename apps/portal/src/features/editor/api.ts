import { useQuery } from '@tanstack/react-query';
import type { SentFile } from './draft-sync';
import { get, request, type QueryOptions, type RequestInput } from '../../shared/request';
import { queryKeys } from '../../shared/query-keys';

export const useAuthoringLanguage = (options: QueryOptions<'/authoring-language'> = {}) =>
  useQuery({ queryKey: ['authoring-language'], queryFn: get('/authoring-language'), ...options });

/** The vendor's brand kit, for colours to choose from. */
export const useBrandKitColours = () =>
  useQuery({ queryKey: ['brand-kit'], queryFn: get('/brand-kit'), staleTime: Number.POSITIVE_INFINITY });

export const useCampaign = (campaignId: string, options: QueryOptions<'/campaigns/:campaignId'> = {}) =>
  useQuery({
    queryKey: queryKeys.campaign(campaignId),
    queryFn: get('/campaigns/:campaignId', { params: { campaignId } }),
    ...options,
  });

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

export const showCanvas = (campaignId: string, number: number | string, input: RequestInput) =>
  request('POST /campaigns/:campaignId/versions/:number/files/canvas', { params: { campaignId, number }, ...input });

/** @param body with the `packageHash` that the changes belong to. */
export const saveDraftFiles = (
  campaignId: string,
  body: { readonly basedOn: string; readonly files: readonly SentFile[] },
) => request('PUT /campaigns/:campaignId/draft-files', { params: { campaignId }, body });

export const discardDraftFiles = (campaignId: string) =>
  request('DELETE /campaigns/:campaignId/draft-files', { params: { campaignId } });

export const uploadDraftFile = (campaignId: string, path: string, file: File) => {
  const form = new FormData();
  form.set('file', file);
  const query = new URLSearchParams({ path });
  return request('POST /campaigns/:campaignId/draft-files/uploads', { params: { campaignId }, query, form });
};

/** Moves the changed files into the draft. */
export const saveDraft = (campaignId: string) =>
  request('POST /campaigns/:campaignId/draft-files/save', { params: { campaignId } });

/** The files of a version, and the changes that are not in a version yet. */
export const fetchFilesAndChanges = (campaignId: string, number: number) =>
  Promise.all([
    request('GET /campaigns/:campaignId/versions/:number/files', { params: { campaignId, number } }),
    request('GET /campaigns/:campaignId/draft-files', { params: { campaignId } }),
  ]);
