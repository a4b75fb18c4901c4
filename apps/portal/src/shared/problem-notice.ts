import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from './api';
import { useRefusal } from './refusal';

/** Says in the corner of the screen why something did not work: for what is asked for where no note has room. */
export function useProblemNotice(): (error: unknown) => void {
  const { t } = useTranslation();
  const refusal = useRefusal();
  return useCallback(
    (error) => {
      const message = error instanceof ApiProblem ? refusal(error.problem) : t('problem.unexpected');
      notifications.show({ color: 'red', title: t('problem.title'), message });
    },
    [t, refusal],
  );
}
