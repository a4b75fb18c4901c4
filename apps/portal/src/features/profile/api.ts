import { useQuery } from '@tanstack/react-query';
import { type Answer, get, request } from '../../shared/request';

export const profileKeys = {
  profile: ['profile'],
  notificationSettings: ['notification-settings'],
  exports: ['organisation-exports'],
  deletion: ['organisation-deletion'],
} as const;

export const useProfile = () => useQuery({ queryKey: profileKeys.profile, queryFn: get('/account/profile') });

export const useNotificationSettings = () =>
  useQuery({ queryKey: profileKeys.notificationSettings, queryFn: get('/account/notifications') });

export const changeNotificationSettings = (body: unknown) => request('PATCH /account/notifications', { body });

export const leaveOrganisation = (organisationId: string) =>
  request('DELETE /account/organisations/:organisationId', { params: { organisationId } });

export const useOrganisationExports = () =>
  useQuery<Answer<'/organisation/exports'>>({
    queryKey: profileKeys.exports,
    queryFn: get('/organisation/exports'),
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state === 'running') === true ? 2_000 : false),
  });

export const requestOrganisationExport = () => request('POST /organisation/exports');

/** Asks for a confirmation if it is needed; a link could not. */
export const checkOrganisationExport = (exportId: string) =>
  request('GET /organisation/exports/:exportId', { params: { exportId } });

export const useOrganisationDeletion = () =>
  useQuery<Answer<'/organisation/deletion'>>({
    queryKey: profileKeys.deletion,
    queryFn: get('/organisation/deletion'),
    // The browser downloads the export by itself: nothing here hears of it.
    refetchInterval: ({ state }) => (state.data?.exportedAt === null ? 5_000 : false),
  });

export const requestOrganisationDeletion = (body: { readonly name: string; readonly reason: string }) =>
  request('POST /organisation/deletion', { body });

export const withdrawOrganisationDeletion = () => request('DELETE /organisation/deletion');
