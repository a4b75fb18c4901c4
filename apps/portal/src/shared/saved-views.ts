import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { SavedViews, ViewMail } from '#contracts';
import { get, request } from './request';

const KEY = ['saved-views'] as const;

export const useSavedViews = () => useQuery({ queryKey: KEY, queryFn: get('/saved-views') });

/** Changes of saved views. Each answer is the whole list. */
export function useViewChanges() {
  const client = useQueryClient();
  const keep = async (answer: Promise<SavedViews>): Promise<void> => {
    client.setQueryData(KEY, await answer);
  };
  const again = async (answer: Promise<undefined>): Promise<void> => {
    await answer;
    await client.invalidateQueries({ queryKey: KEY });
  };
  return {
    save: (body: unknown) => keep(request('POST /saved-views', { body })),
    change: (viewId: string, body: { readonly name?: string; readonly isShared?: boolean }) =>
      keep(request('PATCH /saved-views/:viewId', { params: { viewId }, body })),
    schedule: (viewId: string, body: ViewMail) =>
      keep(request('PUT /saved-views/:viewId/mail', { params: { viewId }, body })),
    endSchedule: (viewId: string) => again(request('DELETE /saved-views/:viewId/mail', { params: { viewId } })),
    delete: (viewId: string) => again(request('DELETE /saved-views/:viewId', { params: { viewId } })),
  };
}
