import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { NewsletterView } from '#contracts';
import { usePages } from '../../shared/pages';
import { queryKeys } from '../../shared/query-keys';
import { basedOn, get, request } from '../../shared/request';

export const NEWSLETTERS_KEY = ['newsletters'];

/** The recipients of a newsletter. */
export type Audience = Pick<NewsletterView, 'groupIds' | 'roles'>;
export type NewsletterSettings = Audience & Pick<NewsletterView, 'senderAddress'>;

const keyOf = (newsletterId: string) => [...NEWSLETTERS_KEY, newsletterId];

/** Being sent: its figures change while they are looked at. */
const POLL_MS = 3_000;

export const useNewsletters = () =>
  usePages({
    queryKey: [...NEWSLETTERS_KEY, 'pages'],
    route: 'GET /newsletters',
    refetchInterval: (items) => (items.some(isMoving) ? POLL_MS : false),
  });

export const useNewsletter = (newsletterId: string) =>
  useQuery<NewsletterView>({
    queryKey: keyOf(newsletterId),
    queryFn: get('/newsletters/:newsletterId', { params: { newsletterId } }),
    refetchInterval: ({ state: { data } }) => (data !== undefined && isMoving(data) ? POLL_MS : false),
  });

/** The people in an audience now: shown while it is chosen. */
export const useAudience = (audience: Audience) =>
  useQuery({
    queryKey: [...NEWSLETTERS_KEY, 'audience', audience],
    queryFn: ({ signal }) => request('POST /newsletters/audience', { body: audience, signal }),
    placeholderData: keepPreviousData,
  });

export const useGroups = () => useQuery({ queryKey: queryKeys.partnerGroups, queryFn: get('/partner-groups') });

/** @param locale null: the first language. */
export const useNewsletterPreview = (newsletterId: string, locale: string | null) =>
  useQuery({
    queryKey: [...keyOf(newsletterId), 'preview', locale],
    queryFn: ({ signal }) =>
      request('POST /newsletters/:newsletterId/preview', {
        params: { newsletterId },
        body: locale === null ? {} : { locale },
        signal,
      }),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const createNewsletter = (body: { title: string; languages?: readonly string[]; from?: string }) =>
  request('POST /newsletters', { body });

export const saveNewsletter = (newsletterId: string, version: string, body: NewsletterSettings) =>
  request('PUT /newsletters/:newsletterId', { params: { newsletterId }, body, headers: basedOn(version) });

export const deleteNewsletter = (newsletterId: string) =>
  request('DELETE /newsletters/:newsletterId', { params: { newsletterId } });

export const testNewsletter = (newsletterId: string, locale: string | null) =>
  request('POST /newsletters/:newsletterId/test', {
    params: { newsletterId },
    body: locale === null ? {} : { locale },
  });

/** @param at null: now. */
export const sendNewsletter = (newsletterId: string, at: Date | null) =>
  request('POST /newsletters/:newsletterId/send', {
    params: { newsletterId },
    body: at === null ? {} : { at: at.toISOString() },
  });

export const cancelNewsletter = (newsletterId: string) =>
  request('POST /newsletters/:newsletterId/cancel', { params: { newsletterId } });

export const useReceivedNewsletter = (newsletterId: string) =>
  useQuery({
    queryKey: ['received-newsletter', newsletterId],
    queryFn: get('/received-newsletters/:newsletterId', { params: { newsletterId } }),
  });

export const recordOpening = (newsletterId: string) =>
  request('POST /received-newsletters/:newsletterId/opening', { params: { newsletterId } });

function isMoving({ state, sendAt, results }: Pick<NewsletterView, 'state' | 'sendAt' | 'results'>): boolean {
  if (state === 'sending' || (results?.waiting ?? 0) > 0) return true;
  return state === 'scheduled' && sendAt !== null && new Date(sendAt).getTime() <= Date.now();
}
