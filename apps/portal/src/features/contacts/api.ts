import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { SegmentRule } from '#contracts';
import { get, request, type QueryOptions, type RequestInput } from '../../shared/request';
import { queryKeys } from '../../shared/query-keys';
import { usePages } from '../../shared/pages';

export const contactKeys = {
  imports: ['contact-imports'],
  import: (contactImportId: string) => ['contact-import', contactImportId] as const,
} as const;

type Filter = Readonly<Record<string, string>>;

export const useContacts = (filter: Filter) =>
  usePages({
    queryKey: [...queryKeys.contacts, filter],
    route: 'GET /contacts',
    query: new URLSearchParams({ limit: '50', ...filter }),
  });

/** @param sought words of the search; empty: all. */
export const useSuppressions = (sought: string) =>
  usePages({
    queryKey: [...queryKeys.suppressions, sought],
    route: 'GET /suppressions',
    query: new URLSearchParams({ limit: '50', ...(sought === '' ? {} : { q: sought }) }),
  });

export const useContactImport = (
  contactImportId: string,
  options: QueryOptions<'/contact-imports/:contactImportId'> = {},
) =>
  useQuery({
    queryKey: contactKeys.import(contactImportId),
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
    queryKey: contactKeys.imports,
    queryFn: get('/contact-imports', { query: `limit=${limit}` }),
    ...options,
  });

/** @param isComplete false: the rule is not counted, because a condition lacks values. */
export const useSegmentCount = (rule: SegmentRule, isComplete: boolean) =>
  useQuery({
    queryKey: [...queryKeys.contactCounts, 'segment', rule],
    queryFn: ({ signal }) => request('POST /contact-lists/segment-count', { body: { rule }, signal }),
    enabled: isComplete,
    placeholderData: keepPreviousData,
  });

/** The newest launches, for the campaigns that a rule can name. */
export const useLaunchedCampaigns = () =>
  useQuery({
    queryKey: [...queryKeys.activations, 'campaigns'],
    queryFn: get('/activations', { query: 'limit=200' }),
  });
