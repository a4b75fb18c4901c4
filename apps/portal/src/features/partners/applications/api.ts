import { useQuery } from '@tanstack/react-query';
import { type Answer, basedOn, get, request } from '../../../shared/request';
import { usePages } from '../../../shared/pages';

export const applicationKeys = {
  form: ['application-form'],
  /** Lists of applications, and how many wait. */
  applications: ['applications'],
} as const;

export const usePublicForm = (slug: string) =>
  useQuery({
    queryKey: ['public-application-form', slug],
    queryFn: get('/applications/forms/:slug', { params: { slug } }),
    retry: false,
  });

export const sendApplication = (slug: string, body: unknown) =>
  request('POST /applications/forms/:slug', { params: { slug }, body });

export const confirmApplication = (token: string) =>
  request('POST /applications/confirmations/:token', { params: { token } });

/** @param state which applications. */
export const useApplications = (state: 'waiting' | 'decided') =>
  usePages({
    queryKey: [...applicationKeys.applications, state],
    route: 'GET /applications',
    query: new URLSearchParams({ limit: '50', state }),
  });

/** How many applications wait for a person. */
export const useWaitingApplications = () =>
  useQuery<Answer<'/applications'>, Error, number>({
    queryKey: [...applicationKeys.applications, 'count'],
    queryFn: get('/applications', { query: 'limit=1' }),
    select: ({ waiting }) => waiting,
  });

export const acceptApplication = (applicationId: string, body: unknown) =>
  request('POST /applications/:applicationId/accept', { params: { applicationId }, body });

export const refuseApplication = (applicationId: string, body: unknown) =>
  request('POST /applications/:applicationId/refuse', { params: { applicationId }, body });

export const useApplicationForm = () => useQuery({ queryKey: applicationKeys.form, queryFn: get('/application-form') });

export const saveApplicationForm = (version: string, body: unknown) =>
  request('PUT /application-form', { body, headers: basedOn(version) });
