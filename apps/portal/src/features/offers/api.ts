import { useQuery } from '@tanstack/react-query';
import { get, request, type QueryOptions, type RequestInput } from '../../shared/request';
import { queryKeys } from '../../shared/query-keys';
import { usePages } from '../../shared/pages';

/**
 * Seconds that the API waits for a complete dry run before it answers with what
 * it has.
 */
const WAIT_SECONDS = 2;

export const useOffer = (versionId: string, options: QueryOptions<'/offers/:versionId'> = {}) =>
  useQuery({
    queryKey: [...queryKeys.offerDetails, versionId],
    queryFn: get('/offers/:versionId', { params: { versionId } }),
    ...options,
  });

export const fetchSlotTexts = (versionId: string) => get('/offers/:versionId/texts', { params: { versionId } });

export const saveSlotTexts = (versionId: string, locale: string, texts: unknown) =>
  request('PUT /offers/:versionId/texts/:locale', { params: { versionId, locale }, body: { texts } });

export const useOfferPlaces = (
  versionId: string,
  locale: string,
  options: QueryOptions<'/offers/:versionId/places'> = {},
) =>
  useQuery({
    queryKey: ['slot-positions', versionId, locale],
    queryFn: get('/offers/:versionId/places', { params: { versionId }, query: new URLSearchParams({ locale }) }),
    ...options,
  });

/** @param body plan of the dry run. @param asOf time of the forecast. */
export const useForeseenPeople = (versionId: string, body: unknown, asOf: string) =>
  usePages({
    queryKey: ['dry-run-people', versionId, body, asOf],
    route: 'POST /offers/:versionId/dry-run/people',
    params: { versionId },
    query: 'limit=25',
    body,
  });

export const launchActivation = (input: RequestInput) => request('POST /activations', { ...input });

export const previewDates = (versionId: string, input: RequestInput) =>
  request('POST /offers/:versionId/dates', { params: { versionId }, ...input });

export const previewEmail = (versionId: string, key: string, input: RequestInput) =>
  request('POST /offers/:versionId/preview/emails/:key', { params: { versionId, key }, ...input });

export const previewPage = (versionId: string, pageKey: string, input: RequestInput) =>
  request('POST /offers/:versionId/preview/pages/:pageKey', { params: { versionId, pageKey }, ...input });

export const startDryRun = (versionId: string, input: RequestInput) =>
  request('POST /offers/:versionId/dry-run', { params: { versionId }, query: `waitSeconds=${WAIT_SECONDS}`, ...input });

export const sendTestEmail = (versionId: string, key: string, body: unknown) =>
  request('POST /offers/:versionId/preview/emails/:key/test', { params: { versionId, key }, body });

/** Makes a list with all contacts, or fills the one of this name. */
export const createListOfAll = (name: string) => request('POST /contact-lists', { body: { name, allContacts: true } });
