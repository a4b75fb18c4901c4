import { useQuery } from '@tanstack/react-query';
import { get, request } from './request';

/** Layouts of e-mails and pages that ship with the product. */
export const useCampaignLayouts = () =>
  useQuery({
    queryKey: ['campaign-layouts'],
    queryFn: get('/campaign-layouts'),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** A layout with its template, texts and pictures. */
export const fetchLayout = (name: string) => request('GET /campaign-layouts/:name', { params: { name } });

/**
 * A shipped e-mail or page. It is rendered when it is first looked at, in a
 * second or so.
 */
export const useShippedPreview = (of: 'template' | 'layout', name: string, locale: string) =>
  useQuery({
    queryKey: ['shipped-preview', of, name, locale],
    queryFn:
      of === 'template'
        ? get('/campaign-templates/:name/preview', { params: { name }, query: new URLSearchParams({ locale }) })
        : get('/campaign-layouts/:name/preview', { params: { name }, query: new URLSearchParams({ locale }) }),
    staleTime: Number.POSITIVE_INFINITY,
  });
