import { useQuery } from '@tanstack/react-query';
import { type Answer, get, request, type QueryOptions } from '../../shared/request';

export const useApiKeys = <T = Answer<'/api-keys'>>(options: QueryOptions<'/api-keys', T> = {}) =>
  useQuery({ queryKey: ['api-keys'], queryFn: get('/api-keys'), ...options });

export const useCampaigns = (options: QueryOptions<'/campaigns'> = {}) =>
  useQuery({ queryKey: ['campaigns', 'titles'], queryFn: get('/campaigns', { query: 'limit=200' }), ...options });

export const useTeam = <T = Answer<'/team'>>(options: QueryOptions<'/team', T> = {}) =>
  useQuery({ queryKey: ['team'], queryFn: get('/team'), ...options });

export const useTeamInvitations = (options: QueryOptions<'/team/invitations'> = {}) =>
  useQuery({ queryKey: ['team', 'invitations'], queryFn: get('/team/invitations'), ...options });

export const createApiKey = (body: unknown) => request('POST /api-keys', { body });

export const createSigningKey = () => request('POST /signing-keys');

export const deleteApiKey = (apiKeyId: string) => request('DELETE /api-keys/:apiKeyId', { params: { apiKeyId } });

export const removeTeamMember = (memberId: string) => request('DELETE /team/:memberId', { params: { memberId } });

export const deleteTeamInvitation = (invitationId: string) =>
  request('DELETE /team/invitations/:invitationId', { params: { invitationId } });

export const inviteTeamMember = (body: unknown) => request('POST /team/invitations', { body });

export const resendTeamInvitation = (invitationId: string) =>
  request('POST /team/invitations/:invitationId/resend', { params: { invitationId } });

export const changeRole = (memberId: string, body: unknown) =>
  request('PATCH /team/:memberId', { params: { memberId }, body });
