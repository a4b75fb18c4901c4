import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface SaveBarProps {
  readonly label: string;
  readonly isPending: boolean;
  readonly disabled?: boolean;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
  /** Why it cannot be saved, as text. */
  readonly children?: ReactNode;
}

/**
 * Says that there are unsaved changes, and saves or discards them.
 * It is at the end of a long form, and always visible.
 */
export function SaveBar({ label, isPending, disabled = false, onSave, onDiscard, children }: SaveBarProps) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="md" shadow="md" className="save-bar">
      <Stack gap="sm">
        {children}
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed" style={{ flex: '1 1 200px' }}>
            {t('draft.kept')}
          </Text>
          <Group gap="sm">
            <Button variant="default" px="sm" onClick={onDiscard}>
              {t('draft.discard')}
            </Button>
            <Button px="sm" loading={isPending} disabled={disabled} onClick={onSave}>
              {label}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Paper>
  );
}
