import { useQuery } from '@tanstack/react-query';
import { get, request, type QueryOptions, type RequestInput } from '../../shared/request';

export const useContactImport = (
  contactImportId: string,
  options: QueryOptions<'/contact-imports/:contactImportId'> = {},
) =>
  useQuery({
    queryKey: ['contact-import', contactImportId],
    queryFn: get('/contact-imports/:contactImportId', { params: { contactImportId } }),
    ...options,
  });

export const cancelContactImport = (contactImportId: string) =>
  request('POST /contact-imports/:contactImportId/cancel', { params: { contactImportId } });

export const createContact = (body: unknown) => request('POST /contacts', { body });

export const createContactList = (body: unknown) => request('POST /contact-lists', { body });

export const createSuppression = (body: unknown) => request('POST /suppressions', { body });

export const deleteSuppression = (suppressionId: string) =>
  request('DELETE /suppressions/:suppressionId', { params: { suppressionId } });

export const previewImport = (form: FormData) => request('POST /contact-imports/preview', { form });

export const recordConsent = (body: unknown) => request('POST /contacts/consent', { body });

export const startImport = (input: RequestInput) => request('POST /contact-imports', { ...input });

export const updateContactList = (contactListId: string, body: unknown) =>
  request('PATCH /contact-lists/:contactListId', { params: { contactListId }, body });

/**
 * @param nextDefaultId the list that becomes the default one, when the default
 *   list is deleted.
 */
export const deleteContactList = (contactListId: string, nextDefaultId: string | undefined) =>
  request('DELETE /contact-lists/:contactListId', {
    params: { contactListId },
    query: nextDefaultId === undefined ? '' : new URLSearchParams({ default: nextDefaultId }),
  });

export const useContactImports = (limit: number, options: QueryOptions<'/contact-imports'> = {}) =>
  useQuery({
    queryKey: ['contact-imports'],
    queryFn: get('/contact-imports', { query: `limit=${limit}` }),
    ...options,
  });
