import { Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconForms } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../shared/Empty';
import type { EditSession } from './edit-session';
import { LimitFields } from './LimitFields';
import { type SlotLimits, type SlotRule, slotRules, writeLabel, writeLimits } from './slot-rules';
import { SlotLabel } from './SlotLabel';
import { useUndo } from './undo';
import { UndoButton } from './UndoButton';

const CAMPAIGN = 'campaign.yaml';

/**
 * Shows a vendor which slots partners can edit, and their limits.
 * One rule applies to every use of a slot.
 */
export default function SlotsTab({ edits }: { readonly edits: EditSession }) {
  const { t } = useTranslation();
  const { canUndo, undo, write } = useUndo(edits, 'slots');
  const rules = slotRules(edits.texts);
  if (rules.length === 0)
    return (
      <Empty icon={IconForms} title={t('slotRules.none')}>
        {t('slotRules.noneText')}
      </Empty>
    );
  return (
    <Stack>
      <Group justify="space-between" align="flex-start">
        <Text size="sm" c="dimmed" maw={720}>
          {t('slotRules.lead')}
        </Text>
        <UndoButton canUndo={canUndo} onUndo={undo} />
      </Group>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {rules.map((rule) => (
          <Slot
            key={rule.name}
            rule={rule}
            onWrite={(limits) => write(writeLimits(edits.texts, rule, { ...rule, ...limits }))}
            onWord={(locale, words) =>
              write({ [CAMPAIGN]: writeLabel(edits.textOf(CAMPAIGN), rule.name, locale, words) })
            }
          />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

interface SlotProps {
  readonly rule: SlotRule;
  readonly onWrite: (limits: Partial<SlotLimits>) => void;
  readonly onWord: (locale: string, words: string) => void;
}

function Slot({ rule, onWrite, onWord }: SlotProps) {
  const { t } = useTranslation();
  const { name, label, files } = rule;
  return (
    <Paper withBorder p="md" component="section" aria-label={label}>
      <Stack gap="sm">
        <div>
          <Title order={2} size="h4">
            {label}
          </Title>
          <Text size="xs" c="dimmed" ff="monospace">
            {name}
          </Text>
        </div>
        <SlotLabel rule={rule} onWrite={onWord} />
        <LimitFields rule={rule} onWrite={onWrite} />
        <Text size="xs" c="dimmed">
          {t('contents.usedIn', { places: files.join(', ') })}
        </Text>
      </Stack>
    </Paper>
  );
}
