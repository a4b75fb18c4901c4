import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ChangeCost, NewCost } from '#contracts';
import { useFreshRows } from '../../shared/number-age';
import { usePages } from '../../shared/pages';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { request } from '../../shared/request';

/** @param query of the address: filters and the sort. */
export const useCosts = (query: string) =>
  usePages({
    queryKey: [...queryKeys.costs, 'list', query],
    route: 'GET /costs',
    query: query === '' ? 'limit=50' : `limit=50&${query}`,
    ...useFreshRows(),
  });

/** Adds, changes and removes costs; what is computed of them is read again. */
export function useCostChanges(onDone: () => void) {
  const client = useQueryClient();
  const onSuccess = async () => {
    onDone();
    await invalidate(client, queryKeys.costs, queryKeys.returns);
  };
  const add = useMutation({ mutationFn: (body: NewCost) => request('POST /costs', { body }), onSuccess });
  const change = useMutation({
    mutationFn: ({ costId, body }: { readonly costId: string; readonly body: ChangeCost }) =>
      request('PATCH /costs/:costId', { params: { costId }, body }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (costId: string) => request('DELETE /costs/:costId', { params: { costId } }),
    onSuccess,
  });
  return { add, change, remove };
}

function formOf(file: File): FormData {
  const form = new FormData();
  form.append('file', file);
  return form;
}

export const previewCosts = (file: File) => request('POST /costs/import/preview', { form: formOf(file) });

/** @param version of the preview. */
export function importCosts(file: File, version: string) {
  const form = formOf(file);
  form.append('basedOn', version);
  return request('POST /costs/import', { form });
}
