import { useQuery } from '@tanstack/react-query';
import type { EndPartnership } from '#contracts';
import { basedOn, get, request, type QueryOptions, type RequestInput } from '../../shared/request';
import { queryKeys } from '../../shared/query-keys';
import { usePages } from '../../shared/pages';

export const usePartnerProgress = (options: QueryOptions<'/partners/progress'> = {}) =>
  useQuery({ queryKey: [...queryKeys.partners, 'progress'], queryFn: get('/partners/progress'), ...options });

/**
 * @param sought words of the search; empty: all. @param progress empty: all.
 * @param manager id of a channel manager, or `none`; empty: all.
 */
export const usePartners = (sought: string, progress: string, manager: string) =>
  usePages({
    queryKey: [...queryKeys.partners, sought, progress, manager],
    route: 'GET /partners',
    query: new URLSearchParams({
      limit: '50',
      ...(sought === '' ? {} : { q: sought }),
      ...(progress === '' ? {} : { progress }),
      ...(manager === '' ? {} : { manager }),
    }),
  });

/** What rules of groups can ask about. */
export const useAttributesForRules = () =>
  useQuery({ queryKey: queryKeys.partnerAttributes, queryFn: get('/partner-attributes') });

export const countPartnerGroup = (input: RequestInput) => request('POST /partner-groups/size', { ...input });

export const createPartnerGroup = (body: unknown) => request('POST /partner-groups', { body });

export const deletePartnerInvitation = (partnerId: string) =>
  request('DELETE /partners/:partnerId/invitation', { params: { partnerId } });

export const invitePartner = (input: RequestInput) => request('POST /partners/invitations', { ...input });

/** Partners that may be a company. Saves nothing. */
export const comparePartners = (body: unknown) => request('POST /partners/duplicates', { body });

/** Asks the owners of a partner to take a further person into their team. */
export const suggestColleague = (partnerId: string, body: unknown) =>
  request('POST /partners/:partnerId/colleagues', { params: { partnerId }, body });

export const resendPartnerInvitation = (partnerId: string, body: unknown) =>
  request('POST /partners/:partnerId/invitation', { params: { partnerId }, body });

export const savePartnerGroup = (partnerGroupId: string, version: string, body: unknown) =>
  request('PUT /partner-groups/:partnerGroupId', { params: { partnerGroupId }, body, headers: basedOn(version) });

/** Asks partners to launch or to join. */
export const remindPartners = (body: unknown) => request('POST /partners/reminders', { body });

export const updatePartner = (partnerId: string, body: unknown) =>
  request('PATCH /partners/:partnerId', { params: { partnerId }, body });

export const endPartnership = (partnerId: string, body: EndPartnership) =>
  request('POST /partners/:partnerId/end', { params: { partnerId }, body });

export const reinstatePartner = (partnerId: string) =>
  request('POST /partners/:partnerId/reinstate', { params: { partnerId } });

export const partnerTermsKey = ['partner-terms'] as const;

export const usePartnerTerms = (options: QueryOptions<'/partner-terms'> = {}) =>
  useQuery({ queryKey: partnerTermsKey, queryFn: get('/partner-terms'), ...options });

export const savePartnerTerms = (body: unknown) => request('PUT /partner-terms', { body });

/** Tiers and regions that partners have, for suggestions. */
export const usePartnerTraits = () =>
  useQuery({ queryKey: [...queryKeys.partners, 'traits'], queryFn: get('/partners/traits') });

export const movePartnerGroup = (partnerGroupId: string, action: 'archive' | 'restore') =>
  request(`POST /partner-groups/:partnerGroupId/${action}`, { params: { partnerGroupId } });

export const deletePartnerGroup = (partnerGroupId: string) =>
  request('DELETE /partner-groups/:partnerGroupId', { params: { partnerGroupId } });

export const useGroupMembers = (groupId: string) =>
  useQuery({
    queryKey: [...queryKeys.partnerGroups, groupId, 'members'],
    queryFn: get('/partner-groups/:partnerGroupId/members', { params: { partnerGroupId: groupId } }),
  });
