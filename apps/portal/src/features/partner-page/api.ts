import { useQuery } from '@tanstack/react-query';
import { OF_MANY_MS } from '../../shared/number-age';
import { queryKeys } from '../../shared/query-keys';
import { get, request } from '../../shared/request';

export const usePartner = (partnerId: string) =>
  useQuery({
    queryKey: [...queryKeys.partners, partnerId],
    queryFn: get('/partners/:partnerId', { params: { partnerId } }),
  });

export const usePartnerOverview = (partnerId: string) =>
  useQuery({
    queryKey: [...queryKeys.partners, partnerId, 'overview'],
    queryFn: get('/partners/:partnerId/overview', { params: { partnerId } }),
  });

export const usePartnerStanding = (partnerId: string) =>
  useQuery({
    queryKey: [...queryKeys.partners, partnerId, 'standing'],
    queryFn: get('/programme-activity/partners/:partnerId', { params: { partnerId } }),
    refetchInterval: OF_MANY_MS,
  });

export const usePartnerActivity = (partnerId: string) =>
  useQuery({
    queryKey: [...queryKeys.partners, partnerId, 'activity'],
    queryFn: get('/partners/:partnerId/activity', { params: { partnerId } }),
  });

export const usePartnerTraits = () =>
  useQuery({ queryKey: [...queryKeys.partners, 'traits'], queryFn: get('/partners/traits') });

export const saveMasterData = (partnerId: string, body: unknown) =>
  request('PATCH /partners/:partnerId', { params: { partnerId }, body });

export const useDistributors = () =>
  useQuery({ queryKey: [...queryKeys.partners, 'distributors'], queryFn: get('/distributors') });

export const saveDistribution = (partnerId: string, body: unknown) =>
  request('PUT /partners/:partnerId/distribution', { params: { partnerId }, body });

export const useAttributesOfPartner = (partnerId: string) =>
  useQuery({
    queryKey: [...queryKeys.partners, partnerId, 'attributes'],
    queryFn: get('/partners/:partnerId/attributes', { params: { partnerId } }),
  });

export const saveAttributesOfPartner = (partnerId: string, values: object) =>
  request('PATCH /partners/:partnerId/attributes', { params: { partnerId }, body: { values } });

export const useTierOfPartner = (partnerId: string) =>
  useQuery({
    queryKey: [...queryKeys.partners, partnerId, 'tier'],
    queryFn: get('/partners/:partnerId/tier', { params: { partnerId } }),
  });

/** Sets the tier by hand. */
export const setTier = (partnerId: string, body: unknown) =>
  request('POST /partners/:partnerId/tier', { params: { partnerId }, body });

/** The rules decide again. */
export const removeTier = (partnerId: string) => request('DELETE /partners/:partnerId/tier', { params: { partnerId } });
