import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem } from '../../shared/api';
import { useIdempotencyKeys } from '../../shared/idempotency-keys';
import type { InvitationRow } from './invitation-rows';
import { invitePartner } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';

/** Null if sent, else the error. */
export type InvitationOutcome = ApiProblem | null;

const NOTHING_DONE = { done: 0, of: 0, isStopping: false };

/**
 * Sends invitations one by one.
 * An error does not stop the rest.
 * Stopping, or leaving the screen, takes effect after the current request.
 */
export function useInvitationSending() {
  const client = useQueryClient();
  /** By e-mail address. */
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, InvitationOutcome>>(new Map());
  const [progress, setProgress] = useState(NOTHING_DONE);
  const running = useRef(new AbortController());
  const { keyOf } = useIdempotencyKeys();
  const stop = useCallback(() => {
    running.current.abort();
    setProgress((known) => ({ ...known, isStopping: true }));
  }, []);
  useEffect(() => () => running.current.abort(), []);
  const send = useMutation({
    mutationFn: async (rows: readonly InvitationRow[]) => {
      const { signal } = (running.current = new AbortController());
      setProgress({ ...NOTHING_DONE, of: rows.length });
      for (const row of rows) {
        if (signal.aborted) return;
        const outcome = await inviteOne(row, keyOf(row));
        setOutcomes((known) => new Map(known).set(row.email, outcome));
        setProgress((known) => ({ ...known, done: known.done + 1 }));
      }
    },
    onSettled: () => invalidate(client, queryKeys.partners),
  });
  return {
    outcomes,
    progress,
    isPending: send.isPending,
    isOver: send.isSuccess || send.isError,
    send: send.mutate,
    stop,
    forget: () => {
      send.reset();
      setOutcomes(new Map());
    },
  };
}

async function inviteOne(row: InvitationRow, key: string): Promise<InvitationOutcome> {
  try {
    await invitePartner({ body: row, headers: { 'Idempotency-Key': key } });
    return null;
  } catch (error) {
    if (error instanceof ApiProblem) return error;
    throw error;
  }
}
