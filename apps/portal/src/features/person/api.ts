import { useQuery } from '@tanstack/react-query';
import { get, request, type QueryOptions } from '../../shared/request';

export const personKeys = {
  dataExport: (contactId: string) => ['data-export', contactId] as const,
};

export const useContactPersonFile = (
  contactId: string,
  options: QueryOptions<'/contacts/:contactId/data-export'> = {},
) =>
  useQuery({
    queryKey: personKeys.dataExport(contactId),
    queryFn: get('/contacts/:contactId/data-export', { params: { contactId } }),
    ...options,
  });

export const eraseContact = (contactId: string) =>
  request('POST /contacts/:contactId/erase', { params: { contactId } });

export const revokeDisclosure = (disclosureId: string) =>
  request('POST /disclosures/:disclosureId/revoke', { params: { disclosureId } });

export const shareLead = (leadId: string, body: unknown) =>
  request('POST /leads/:leadId/disclosures', { params: { leadId }, body });
