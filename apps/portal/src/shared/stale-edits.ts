import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiProblem } from './api';
import { useProblemNotice } from './problem-notice';

const isStaleEdit = (error: unknown): boolean => error instanceof ApiProblem && error.problem.code === 'edit.stale';

/**
 * After a change that was refused because another user saved first: loads what
 * was saved, and says so in a notification. The form may be drawn anew with the
 * new values, and a note in it would be gone.
 */
export function useStaleEdits(): void {
  const client = useQueryClient();
  const notify = useProblemNotice();
  useEffect(
    () =>
      client.getMutationCache().subscribe((event) => {
        if (event.type !== 'updated' || event.action.type !== 'error' || !isStaleEdit(event.action.error)) return;
        notify(event.action.error);
        void client.invalidateQueries();
      }),
    [client, notify],
  );
}
