import { request } from '../../shared/request';

export const addFollowUp = (leadId: string, body: unknown) =>
  request('POST /leads/:leadId/follow-ups', { params: { leadId }, body });

export const updateLead = (leadId: string, body: unknown) =>
  request('PATCH /leads/:leadId', { params: { leadId }, body });
