import { useQuery } from '@tanstack/react-query';
import { get, request, type QueryOptions } from '../../shared/request';

export const privacyKeys = { consentRule: ['consent-rule'], retention: ['retention'] } as const;

export const useConsentRule = (options: QueryOptions<'/consent-rule'> = {}) =>
  useQuery({ queryKey: privacyKeys.consentRule, queryFn: get('/consent-rule'), ...options });

export const useRetention = (options: QueryOptions<'/retention'> = {}) =>
  useQuery({ queryKey: privacyKeys.retention, queryFn: get('/retention'), ...options });

export const saveConsentRule = (body: unknown) => request('PUT /consent-rule', { body });

export const saveRetention = (body: unknown) => request('PUT /retention', { body });

/**
 * What would be deleted with other retention periods, which are not saved yet.
 */
export const useRetentionOutlook = (
  periods: { readonly inactiveContactMonths: number; readonly importReportDays: number },
  options: QueryOptions<'/retention/outlook'> = {},
) =>
  useQuery({
    queryKey: ['retention-outlook', periods],
    queryFn: get('/retention/outlook', {
      query: new URLSearchParams({
        inactiveContactMonths: String(periods.inactiveContactMonths),
        importReportDays: String(periods.importReportDays),
      }),
    }),
    ...options,
  });
