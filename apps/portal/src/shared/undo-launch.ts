import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail } from '#contracts';
import { ApiProblem } from './api';
import { useProblemText } from './problem-text';
import { stopActivation } from './requests';

/** Nothing has gone out, is on its way, or may have arrived: whoever was to get it has not been reached. */
export const isNothingSent = ({ steps }: ActivationDetail): boolean =>
  steps.every(({ sent, pending, unknown }) => sent + pending + unknown === 0);

/** Takes a launch back, or says that it is too late: whether the first message has gone, only the server knows, in the moment it stops. */
export function useUndoLaunch() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const problemText = useProblemText();
  return useMutation({
    mutationFn: (activationId: string) => stopActivation(activationId, { onlyIfUnsent: true }),
    onSuccess: (stopped) => {
      client.setQueryData(['activation', stopped.id], stopped);
      for (const key of ['activations', 'audience', 'dry-run']) void client.invalidateQueries({ queryKey: [key] });
      notifications.show({ color: 'teal', title: t('undo.done'), message: t('undo.doneText') });
    },
    onError: (error, activationId) => {
      // What is shown of it has not heard yet why it is refused.
      void client.invalidateQueries({ queryKey: ['activation', activationId] });
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
