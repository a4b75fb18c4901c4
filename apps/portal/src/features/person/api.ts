import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../shared/query-keys';
import { get, request, type QueryOptions } from '../../shared/request';

export const useContactPersonFile = (
  contactId: string,
  options: QueryOptions<'/contacts/:contactId/data-export'> = {},
) =>
  useQuery({
    queryKey: [...queryKeys.dataExports, contactId],
    queryFn: get('/contacts/:contactId/data-export', { params: { contactId } }),
    ...options,
  });

export const eraseContact = (contactId: string) =>
  request('POST /contacts/:contactId/erase', { params: { contactId } });
