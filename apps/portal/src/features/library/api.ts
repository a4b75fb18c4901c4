import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { LibraryAsset } from '#contracts';
import { queryKeys } from '../../shared/query-keys';
import { basedOn, get, request } from '../../shared/request';

export const saveAsset = (asset: LibraryAsset, body: unknown) =>
  request('PUT /assets/:assetId', { params: { assetId: asset.id }, headers: basedOn(asset.version), body });

export function replaceAssetFile(assetId: string, file: File) {
  const form = new FormData();
  form.set('file', file, 'file');
  const query = new URLSearchParams({ name: file.name });
  return request('PUT /assets/:assetId/file', { params: { assetId }, query, form });
}

export const deleteAsset = (assetId: string) => request('DELETE /assets/:assetId', { params: { assetId } });

export const shareAsset = (assetId: string, body: unknown) =>
  request('PUT /assets/:assetId/share', { params: { assetId }, body });

export const withdrawAsset = (assetId: string, reason: string) =>
  request('POST /assets/:assetId/withdrawal', { params: { assetId }, body: { reason } });

export const recallAsset = (assetId: string, reason: string) =>
  request('POST /assets/:assetId/recall', { params: { assetId }, body: { reason } });

export const replaceIn = (assetId: string, campaignId: string) =>
  request('POST /assets/:assetId/replacements', { params: { assetId }, body: { campaignIds: [campaignId] } });

export const useAssetUses = (assetId: string) =>
  useQuery({
    queryKey: [...queryKeys.library, 'uses', assetId],
    queryFn: get('/assets/:assetId/uses', { params: { assetId } }),
  });

export const useAssetDownloads = (assetId: string) =>
  useQuery({
    queryKey: [...queryKeys.library, 'downloads', assetId],
    queryFn: get('/assets/:assetId/downloads', { params: { assetId } }),
  });

export const usePartnerLibrary = () => useQuery({ queryKey: queryKeys.partnerLibrary, queryFn: get('/library') });

export const fetchSignature = (assetId: string, query: Readonly<Record<string, string>>) =>
  request('GET /library/:assetId/signature', { params: { assetId }, query: new URLSearchParams(query) });

/** Shows a changed asset at once, and loads the lists again. */
export function useAssetChanged(): (asset: LibraryAsset) => Promise<void> {
  const client = useQueryClient();
  return async (asset) => {
    client.setQueryData([...queryKeys.library, 'asset', asset.id], asset);
    await client.invalidateQueries({ queryKey: queryKeys.library });
  };
}
