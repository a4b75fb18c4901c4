import { useQuery } from '@tanstack/react-query';
import { get, request, type QueryOptions, type RequestInput } from '../../shared/request';

export const usePartnerProgress = (options: QueryOptions<'/partners/progress'> = {}) =>
  useQuery({ queryKey: ['partners', 'progress'], queryFn: get('/partners/progress'), ...options });

export const countPartnerGroup = (input: RequestInput) => request('POST /partner-groups/size', { ...input });

export const createPartnerGroup = (body: unknown) => request('POST /partner-groups', { body });

export const deletePartnerInvitation = (partnerId: string) =>
  request('DELETE /partners/:partnerId/invitation', { params: { partnerId } });

export const invitePartner = (input: RequestInput) => request('POST /partners/invitations', { ...input });

export const resendPartnerInvitation = (partnerId: string, body: unknown) =>
  request('POST /partners/:partnerId/invitation', { params: { partnerId }, body });

export const savePartnerGroup = (partnerGroupId: string, body: unknown) =>
  request('PUT /partner-groups/:partnerGroupId', { params: { partnerGroupId }, body });

export const updatePartner = (partnerId: string, body: unknown) =>
  request('PATCH /partners/:partnerId', { params: { partnerId }, body });
