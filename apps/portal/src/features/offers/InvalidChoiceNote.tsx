import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface InvalidChoiceNoteProps {
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Says that an earlier choice is no longer valid, and what replaces it. */
export function InvalidChoiceNote({ onClose, children }: InvalidChoiceNoteProps) {
  const { t } = useTranslation();
  return (
    <Alert color="yellow" withCloseButton closeButtonLabel={t('common.close')} onClose={onClose}>
      {children}
    </Alert>
  );
}
