import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Says that something is written and not saved, and takes it back. */
export function Unsaved({ onDiscard }: { readonly onDiscard: () => void }) {
  const { t } = useTranslation();
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" c="dimmed" style={{ flex: '1 1 240px' }}>
        {t('draft.kept')}
      </Text>
      <Button variant="default" onClick={onDiscard}>
        {t('draft.discard')}
      </Button>
    </Group>
  );
}
