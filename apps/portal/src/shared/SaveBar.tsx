import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface SaveBarProps {
  readonly label: string;
  readonly isPending: boolean;
  readonly disabled?: boolean;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
  /** What keeps it from being saved, in words. */
  readonly children?: ReactNode;
}

/** Says that something is written and not saved, and saves it or takes it back: at the end of a form of many parts, and in sight all the while. */
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
