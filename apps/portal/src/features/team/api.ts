import { useQuery } from '@tanstack/react-query';
import { type Answer, get, request, type QueryOptions } from '../../shared/request';
import { queryKeys } from '../../shared/query-keys';
import { usePages } from '../../shared/pages';

export const teamKeys = {
  apiKeys: ['api-keys'],
  members: ['team'],
  invitations: ['team', 'invitations'],
  suggestions: ['team', 'suggestions'],
  signingKeys: ['signing-keys'],
} as const;

export const useApiKeys = <T = Answer<'/api-keys'>>(options: QueryOptions<'/api-keys', T> = {}) =>
  useQuery({ queryKey: teamKeys.apiKeys, queryFn: get('/api-keys'), ...options });

export const useCampaigns = (options: QueryOptions<'/campaigns'> = {}) =>
  useQuery({
    queryKey: [...queryKeys.campaigns, 'titles'],
    queryFn: get('/campaigns', { query: 'limit=200' }),
    ...options,
  });

/** @param filter query string of the chosen filters. */
export const useAuditEntries = (filter: string) =>
  usePages({ queryKey: ['audit', filter], route: 'GET /audit-entries', query: `limit=50&${filter}` });

export const useTeam = <T = Answer<'/team'>>(options: QueryOptions<'/team', T> = {}) =>
  useQuery({ queryKey: teamKeys.members, queryFn: get('/team'), ...options });

export const useTeamInvitations = (options: QueryOptions<'/team/invitations'> = {}) =>
  useQuery({ queryKey: teamKeys.invitations, queryFn: get('/team/invitations'), ...options });

export const useColleagueSuggestions = () =>
  useQuery({ queryKey: teamKeys.suggestions, queryFn: get('/team/suggestions') });

export const inviteSuggested = (suggestionId: string, body: unknown) =>
  request('POST /team/suggestions/:suggestionId/invite', { params: { suggestionId }, body });

export const declineSuggestion = (suggestionId: string) =>
  request('POST /team/suggestions/:suggestionId/decline', { params: { suggestionId } });

export const createApiKey = (body: unknown) => request('POST /api-keys', { body });

export const createSigningKey = () => request('POST /signing-keys');

export const deleteApiKey = (apiKeyId: string) => request('DELETE /api-keys/:apiKeyId', { params: { apiKeyId } });

/** @param partnersTo who gets the partners of a channel manager; `none`: nobody; null: they have none. */
export const removeTeamMember = (memberId: string, partnersTo: string | null) =>
  request('DELETE /team/:memberId', {
    params: { memberId },
    ...(partnersTo !== null && { query: `partnersTo=${partnersTo}` }),
  });

export const deleteTeamInvitation = (invitationId: string) =>
  request('DELETE /team/invitations/:invitationId', { params: { invitationId } });

export const inviteTeamMember = (body: unknown) => request('POST /team/invitations', { body });

export const resendTeamInvitation = (invitationId: string) =>
  request('POST /team/invitations/:invitationId/resend', { params: { invitationId } });

export const changeRole = (memberId: string, body: unknown) =>
  request('PATCH /team/:memberId', { params: { memberId }, body });
