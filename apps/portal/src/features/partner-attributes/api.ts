import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../shared/query-keys';
import { basedOn, get, request } from '../../shared/request';

export const usePartnerAttributes = () =>
  useQuery({ queryKey: queryKeys.partnerAttributes, queryFn: get('/partner-attributes') });

export const createPartnerAttribute = (body: unknown) => request('POST /partner-attributes', { body });

export const savePartnerAttribute = (attributeId: string, version: string, body: unknown) =>
  request('PUT /partner-attributes/:attributeId', { params: { attributeId }, body, headers: basedOn(version) });

export const deletePartnerAttribute = (attributeId: string) =>
  request('DELETE /partner-attributes/:attributeId', { params: { attributeId } });
