import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SlotTexts } from './slot-texts';
import { SlotField } from './SlotField';
import { linesOf } from '../../shared/slot-nodes';

/** Id of the section with the partner's texts. */
export const OWN_TEXTS = 'own-texts';

/**
 * All texts that a partner can edit.
 * Everything else is shown as locked.
 */
export function SlotEditor({ words }: { readonly words: SlotTexts }) {
  const { t } = useTranslation();
  const isWritten = words.places.some((slot) => words.linesIn(slot) !== linesOf(slot.default));
  return (
    <Paper withBorder p="lg" id={OWN_TEXTS}>
      <Stack>
        <Title order={2} size="h3">
          {t('slots.title')}
        </Title>
        <Group gap={6} wrap="nowrap" align="flex-start">
          <IconLock size={16} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
          <Text size="sm" c="dimmed">
            {t('slots.locked')}
          </Text>
        </Group>
        {words.places.map((slot) =>
          // It is asked for beside its picture.
          slot.format === 'alt' ? null : <SlotField key={slot.name} slot={slot} words={words} />,
        )}
        {isWritten && (
          <Text size="sm" c="dimmed">
            {t(words.isSaved ? 'slots.kept' : 'slots.unsaved')}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
