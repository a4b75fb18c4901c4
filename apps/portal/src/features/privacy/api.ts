import { useQuery } from '@tanstack/react-query';
import { basedOn, get, request, type QueryOptions } from '../../shared/request';

export const privacyKeys = { consentRule: ['consent-rule'], retention: ['retention'] } as const;

export const useConsentRule = (options: QueryOptions<'/consent-rule'> = {}) =>
  useQuery({ queryKey: privacyKeys.consentRule, queryFn: get('/consent-rule'), ...options });

export const useRetention = (options: QueryOptions<'/retention'> = {}) =>
  useQuery({ queryKey: privacyKeys.retention, queryFn: get('/retention'), ...options });

export const saveConsentRule = (version: string, body: unknown) =>
  request('PUT /consent-rule', { body, headers: basedOn(version) });

export const saveRetention = (version: string, body: unknown) =>
  request('PUT /retention', { body, headers: basedOn(version) });

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
