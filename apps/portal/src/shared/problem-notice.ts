import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from './api';
import { useProblemText } from './problem-text';

/**
 * Shows an error as a notification, for actions without space for an inline
 * note.
 */
export function useProblemNotice(): (error: unknown) => void {
  const { t } = useTranslation();
  const problemText = useProblemText();
  return useCallback(
    (error) => {
      const message = error instanceof ApiProblem ? problemText(error.problem) : t('problem.unexpected');
      notifications.show({ color: 'red', title: t('problem.title'), message });
    },
    [t, problemText],
  );
}
