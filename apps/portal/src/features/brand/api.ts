import { useQuery } from '@tanstack/react-query';
import { get, request, type QueryOptions, type RequestInput } from '../../shared/request';

export const brandKeys = {
  profile: ['brand-profile'],
  logo: ['brand-logo'],
  verifiedHosts: ['verified-hosts'],
} as const;

export const useBrandProfile = (options: QueryOptions<'/brand-profile'> = {}) =>
  useQuery({ queryKey: brandKeys.profile, queryFn: get('/brand-profile'), ...options });

export const useVerifiedHosts = (version: number, options: QueryOptions<'/verified-hosts'> = {}) =>
  useQuery({ queryKey: [...brandKeys.verifiedHosts, version], queryFn: get('/verified-hosts'), ...options });

export const checkVerifiedHost = (host: string) => request('POST /verified-hosts/:host/check', { params: { host } });

export const createVerifiedHost = (body: unknown) => request('POST /verified-hosts', { body });

export const deleteVerifiedHost = (host: string) => request('DELETE /verified-hosts/:host', { params: { host } });

export const saveBrandProfile = (input: RequestInput) => request('PUT /brand-profile', { ...input });

/** The logo of a profile, with the origin of its variants. */
export const useLogo = (logoId: string) =>
  useQuery({ queryKey: [...brandKeys.logo, logoId], queryFn: get('/brand-profile/logo') });

export const uploadLogoVariant = (surface: string, form: FormData) =>
  request('PUT /brand-profile/logo/:surface', { params: { surface }, form });

export const chooseLogoVariant = (surface: string, source: 'original' | 'generated') =>
  request('PUT /brand-profile/logo/:surface/source', { params: { surface }, body: { source } });

export const uploadLogo = (form: FormData) => request('PUT /brand-profile/logo', { form });
