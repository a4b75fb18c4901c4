import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface UndoButtonProps {
  readonly canUndo: boolean;
  readonly onUndo: () => void;
}

/**
 * Undoes the last change of the tab, also by keyboard shortcut.
 * Inside a field the shortcut belongs to the field.
 */
export function UndoButton({ canUndo, onUndo }: UndoButtonProps) {
  const { t } = useTranslation();
  useHotkeys([['mod+Z', onUndo]]);
  return (
    <Button
      variant="default"
      leftSection={<IconArrowBackUp size={16} aria-hidden />}
      disabled={!canUndo}
      onClick={onUndo}
    >
      {t('steps.undo')}
    </Button>
  );
}
