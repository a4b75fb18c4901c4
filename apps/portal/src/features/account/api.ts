import { useQuery } from '@tanstack/react-query';
import { get, request, type QueryOptions } from '../../shared/request';

export const useInvitation = (token: string, options: QueryOptions<'/invitations/:token'> = {}) =>
  useQuery({ queryKey: ['invitation', token], queryFn: get('/invitations/:token', { params: { token } }), ...options });

export const acceptInvitation = (token: string, body: unknown) =>
  request('POST /invitations/:token/accept', { params: { token }, body });

export const useInvitedCompanies = (token: string) =>
  useQuery({
    queryKey: ['invitation', token, 'companies'],
    queryFn: get('/invitations/:token/companies', { params: { token } }),
  });

export const joinByInvitation = (token: string, body: unknown) =>
  request('POST /invitations/:token/join', { params: { token }, body });

export const requestPasswordReset = (body: unknown) => request('POST /password-resets', { body });

export const confirmEmail = (token: string) => request('POST /email-changes/:token', { params: { token } });

export const setPassword = (token: string, body: unknown) =>
  request('POST /password-resets/:token', { params: { token }, body });
