import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../shared/query-keys';
import { get, request } from '../../shared/request';

function formOf(file: File): FormData {
  const form = new FormData();
  form.append('file', file);
  return form;
}

export const previewImport = (file: File) => request('POST /partners/import/preview', { form: formOf(file) });

/** @param version of the preview. */
export function importPartners(file: File, version: string) {
  const form = formOf(file);
  form.append('basedOn', version);
  return request('POST /partners/import', { form });
}

export const useAttributes = () =>
  useQuery({ queryKey: queryKeys.partnerAttributes, queryFn: get('/partner-attributes') });
