import { useQuery } from '@tanstack/react-query';
import { usePages } from '../../../shared/pages';
import { queryKeys } from '../../../shared/query-keys';
import { basedOn, get, request } from '../../../shared/request';

export const useTierDrops = () => useQuery({ queryKey: [...queryKeys.tiers, 'drops'], queryFn: get('/tier-drops') });

/** Changes of tiers, the newest first. */
export const useTierChanges = () =>
  usePages({
    queryKey: [...queryKeys.tiers, 'changes'],
    route: 'GET /tier-changes',
    query: new URLSearchParams({ limit: '20' }),
  });

export const previewTierRules = (body: unknown) => request('POST /tier-rules/preview', { body });

export const saveTierRules = (version: string, body: unknown) =>
  request('PUT /tier-rules', { body, headers: basedOn(version) });
