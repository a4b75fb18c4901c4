import { useQuery } from '@tanstack/react-query';
import { usePages } from '../../shared/pages';
import { get, request } from '../../shared/request';

export const termsKeys = {
  /** Versions of the vendor's programme terms. */
  versions: ['programme-terms'],
  /** Partners by whether they have accepted them. */
  partners: ['programme-terms-partners'],
} as const;

export const useProgrammeTerms = () => useQuery({ queryKey: termsKeys.versions, queryFn: get('/programme-terms') });

export const publishProgrammeTerms = (body: unknown) => request('POST /programme-terms', { body });

/** @param state whether they have accepted the newest version. */
export const useTermsPartners = (state: 'accepted' | 'waiting') =>
  usePages({
    queryKey: [...termsKeys.partners, state],
    route: 'GET /programme-terms/partners',
    query: new URLSearchParams({ limit: '50', state }),
  });
