import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SetUpChecklistView } from '#contracts';
import { invalidate } from '../../shared/query-keys';
import { get, request } from '../../shared/request';

const SET_UP = ['set-up'] as const;
/** While a test e-mail is not accepted, and may be. */
const UNSETTLED = new Set<SetUpChecklistView['mailTest']['state'] | undefined>(['waiting', 'delayed']);
const UNSETTLED_MS = 3_000;

/** Always read anew: its steps are changed by other screens, and by other people. */
export const useSetUp = (enabled: boolean) =>
  useQuery<SetUpChecklistView>({
    queryKey: SET_UP,
    queryFn: get('/set-up'),
    enabled,
    staleTime: 0,
    refetchInterval: ({ state }) => (UNSETTLED.has(state.data?.mailTest.state) ? UNSETTLED_MS : false),
  });

export function useSendTestMail() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request('POST /set-up/test-mail'),
    onSuccess: () => invalidate(client, SET_UP),
  });
}

export function useHideSetUp(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await request('POST /set-up/hidden');
    await invalidate(client, SET_UP);
  };
}
