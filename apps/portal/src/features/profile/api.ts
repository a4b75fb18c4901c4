import { useQuery } from '@tanstack/react-query';
import { get, request } from '../../shared/request';

export const profileKeys = {
  profile: ['profile'],
  notifications: ['notifications'],
} as const;

export const useProfile = () => useQuery({ queryKey: profileKeys.profile, queryFn: get('/account/profile') });

export const useNotifications = () =>
  useQuery({ queryKey: profileKeys.notifications, queryFn: get('/account/notifications') });

export const changeNotifications = (body: unknown) => request('PATCH /account/notifications', { body });

export const leaveOrganisation = (organisationId: string) =>
  request('DELETE /account/organisations/:organisationId', { params: { organisationId } });
