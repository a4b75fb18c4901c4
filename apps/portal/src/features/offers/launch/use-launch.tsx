import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ApiProblem, isNetworkError } from '../../../shared/api';
import type { RequestInput } from '../../../shared/request';
import { launchActivation } from '../api';
import { invalidate, queryKeys } from '../../../shared/query-keys';
import type { waysWithoutList } from './ways-in';

type LaunchBody = RequestInput['body'];

/**
 * Launches an activation and opens its screen.
 * The notice names no time: the activation's screen has the exact one, and the
 * time of the forecast is older.
 * @param body of the request.
 * @param ways by which people enter if the launch has no list.
 * @param onLaunched called after success, before the activation's screen opens.
 */
export function useLaunch(body: LaunchBody, ways: ReturnType<typeof waysWithoutList>, onLaunched: () => void) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  // Idempotency key: a double click, or a retry after a network error, is the
  // same launch.
  const key = useRef(crypto.randomUUID());
  const isSending = useRef(false);
  const launch = useMutation({
    mutationFn: () => launchActivation({ headers: { 'Idempotency-Key': key.current }, body }),
    onSuccess: ({ id, lists }) => {
      const openDone = ways === 'rules' ? 'launch.rulesDone' : 'launch.openDone';
      const message = t(lists.include.length === 0 ? openDone : 'launch.doneText');
      notifications.show({ color: 'teal', title: t('launch.done'), message });
      onLaunched();
      void invalidate(client, queryKeys.activations);
      void navigate(`/activations/${id}`);
    },
    onSettled: () => {
      isSending.current = false;
    },
    onError: (error) => {
      // A refused launch gets a new key.
      // After a network error the API may have received it, so the key stays.
      if (error instanceof ApiProblem && !isNetworkError(error)) key.current = crypto.randomUUID();
    },
  });
  return {
    isPending: launch.isPending,
    error: launch.error,
    start: () => {
      if (isSending.current) return;
      isSending.current = true;
      launch.mutate();
    },
  };
}
