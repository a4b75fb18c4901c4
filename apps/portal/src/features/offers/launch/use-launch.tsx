import { Button, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ApiProblem, isNetworkError } from '../../../shared/api';
import type { RequestInput } from '../../../shared/request';
import { useCan } from '../../../shared/session';
import { useUndoLaunch } from '../../../shared/undo-launch';
import { launchActivation } from '../api';
import { invalidate, queryKeys } from '../../../shared/query-keys';

/** Long enough to read, decide and click. */
const UNDO_SHOWN_MS = 20_000;

/**
 * Notification after a launch, with an undo button for users who can control
 * activations.
 * @returns a function of the activation's id and the text of the notification.
 */
function useLaunchedNotice(): (activationId: string, text: string) => void {
  const { t } = useTranslation();
  const can = useCan();
  const undo = useUndoLaunch();
  return (activationId, text) => {
    const note = notifications.show({
      color: 'teal',
      autoClose: UNDO_SHOWN_MS,
      title: t('launch.done'),
      message: (
        <Stack gap="xs" align="flex-start">
          {text}
          {can('activations.control') && (
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                notifications.hide(note);
                undo.mutate(activationId);
              }}
            >
              {t('undo.go')}
            </Button>
          )}
        </Stack>
      ),
    });
  };
}

type LaunchBody = RequestInput['body'];

/**
 * Launches an activation and opens its screen.
 * @param body of the request.
 * @param firstMails when the first e-mails are sent, as text; null if no e-mail
 *   has a date.
 * @param onLaunched called after success, before the activation's screen opens.
 */
export function useLaunch(body: LaunchBody, firstMails: string | null, onLaunched: () => void) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const notify = useLaunchedNotice();
  // Idempotency key: a double click, or a retry after a network error, is the
  // same launch.
  const key = useRef(crypto.randomUUID());
  const isSending = useRef(false);
  const launch = useMutation({
    mutationFn: () => launchActivation({ headers: { 'Idempotency-Key': key.current }, body }),
    onSuccess: ({ id }) => {
      notify(id, firstMails ?? t('launch.doneText'));
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
