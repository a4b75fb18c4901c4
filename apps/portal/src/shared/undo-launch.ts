import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail } from '#contracts';
import { ApiProblem, isNetworkError } from './api';
import { useProblemText } from './problem-text';
import { stopActivation } from './requests';
import { invalidate, queryKeys } from './query-keys';

/**
 * No message was sent, is being sent, or has an unknown outcome.
 * No contact has been reached.
 */
export const isNothingSent = ({ steps }: ActivationDetail): boolean =>
  steps.every(({ sent, pending, unknown }) => sent + pending + unknown === 0);

const RETRY_MS = 2_000;
/** Ten minutes. */
const RETRIES = 300;

/**
 * Undoes a launch, or says that it is too late.
 * Only the server knows whether the first message has been sent. Without a
 * network the request is repeated until the server answers.
 */
export function useUndoLaunch() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const problemText = useProblemText();
  return useMutation({
    mutationFn: (activationId: string) => stopActivation(activationId, { onlyIfUnsent: true }),
    networkMode: 'always',
    retry: (failures, error) => isNetworkError(error) && failures < RETRIES,
    retryDelay: RETRY_MS,
    onSuccess: (stopped) => {
      client.setQueryData(queryKeys.activation(stopped.id), stopped);
      void invalidate(
        client,
        queryKeys.activation(stopped.id),
        queryKeys.activations,
        queryKeys.audience,
        queryKeys.dryRuns,
      );
      notifications.show({ color: 'teal', title: t('undo.done'), message: t('undo.doneText') });
    },
    onError: (error, activationId) => {
      // The displayed activation is outdated if the undo was refused.
      void invalidate(client, queryKeys.activation(activationId));
      const problem = error instanceof ApiProblem ? error.problem : null;
      notifications.show({
        ...(problem?.code === 'activation.already-sent'
          ? { color: 'yellow', title: t('undo.late') }
          : { color: 'red', title: t('problem.title') }),
        message: problem === null ? t('problem.unexpected') : problemText(problem),
      });
    },
  });
}
