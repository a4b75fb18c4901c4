import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail } from '#contracts';
import { call } from '../../shared/api';

/** Nothing has gone out, is on its way, or may have arrived: whoever was to get it has not been reached. */
export const isUnsent = ({ steps }: ActivationDetail): boolean => gone(steps) === 0;

const gone = (steps: ActivationDetail['steps']): number =>
  steps.reduce((sum, { sent, pending, unknown }) => sum + sent + pending + unknown, 0);

/** Takes a launch back and says what became of it: from the answer, for the first message may have gone in this very second. */
export function useUndoLaunch() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (activationId: string) => call<ActivationDetail>('POST', `/activations/${activationId}/stop`),
    onSuccess: (stopped) => {
      client.setQueryData(['activation', stopped.id], stopped);
      for (const key of ['activations', 'audience', 'dry-run']) void client.invalidateQueries({ queryKey: [key] });
      notifications.show(
        isUnsent(stopped)
          ? { color: 'teal', title: t('undo.done'), message: t('undo.doneText') }
          : { color: 'yellow', title: t('undo.late'), message: t('undo.lateText', { count: gone(stopped.steps) }) },
      );
    },
    onError: ({ message }) => notifications.show({ color: 'red', title: t('problem.title'), message }),
  });
}
