import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../query-keys';
import { get, request } from '../request';

/** The newest programme terms of all vendors of a partner, with their text. */
export const useVendorTerms = (enabled: boolean) =>
  useQuery({ queryKey: queryKeys.vendorTerms, queryFn: get('/vendor-terms'), enabled });

export const acceptVendorTerms = (body: {
  readonly vendorId: string;
  readonly number: number;
  readonly language: string;
}) => request('POST /vendor-terms/accept', { body });
