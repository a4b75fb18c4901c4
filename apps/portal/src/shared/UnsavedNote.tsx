import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface UnsavedNoteProps {
  readonly onDiscard: () => void;
  /** Other text, for changes that cannot be saved. */
  readonly children?: ReactNode;
}

/** Says that there are unsaved changes, and discards them. */
export function UnsavedNote({ onDiscard, children }: UnsavedNoteProps) {
  const { t } = useTranslation();
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" c="dimmed" style={{ flex: '1 1 240px' }}>
        {children ?? t('draft.kept')}
      </Text>
      <Button variant="default" onClick={onDiscard}>
        {t('draft.discard')}
      </Button>
    </Group>
  );
}
