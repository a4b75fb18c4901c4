import { Group, NumberInput, Paper, SimpleGrid, Stack, Switch, Text, Title } from '@mantine/core';
import { IconForms } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../shared/Empty';
import type { Desk } from './edits';
import { type SlotLimits, type SlotRule, slotRules, writeLimits } from './slot-rules';

/** What a slot may be at most (docs/authoring-language.md). */
const MOST = { maxChars: 4000, maxLines: 60 };

/** What partners may write themselves, and how much of it; one rule for every place of a slot. */
export default function SlotsDesk({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation();
  const rules = slotRules(desk.texts);
  if (rules.length === 0)
    return (
      <Empty icon={IconForms} title={t('slotRules.none')}>
        {t('slotRules.noneText')}
      </Empty>
    );
  return (
    <Stack>
      <Text size="sm" c="dimmed" maw={720}>
        {t('slotRules.lead')}
      </Text>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {rules.map((rule) => (
          <Slot
            key={rule.name}
            rule={rule}
            onWrite={(limits) => desk.write(writeLimits(desk.texts, rule, { ...rule, ...limits }))}
          />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

interface SlotProps {
  readonly rule: SlotRule;
  readonly onWrite: (limits: Partial<SlotLimits>) => void;
}

function Slot({ rule: { name, label, maxChars, maxLines, required, files }, onWrite }: SlotProps) {
  const { t } = useTranslation();
  const limit = (field: 'maxChars' | 'maxLines', value: number) => (
    <NumberInput
      label={t(`slotRules.${field}`)}
      aria-label={t('slotRules.of', { what: t(`slotRules.${field}`), slot: label })}
      min={1}
      max={MOST[field]}
      allowDecimal={false}
      clampBehavior="strict"
      value={value}
      onChange={(written) => typeof written === 'number' && written >= 1 && onWrite({ [field]: written })}
    />
  );
  return (
    <Paper withBorder p="md" component="section" aria-label={label}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div>
            <Title order={2} size="h4">
              {label}
            </Title>
            <Text size="xs" c="dimmed" ff="monospace">
              {name}
            </Text>
          </div>
          <Switch
            label={t('slotRules.required')}
            checked={required}
            onChange={(event) => onWrite({ required: event.currentTarget.checked })}
          />
        </Group>
        <SimpleGrid cols={2}>
          {limit('maxChars', maxChars)}
          {limit('maxLines', maxLines)}
        </SimpleGrid>
        <Text size="xs" c="dimmed">
          {t('contents.usedIn', { places: files.join(', ') })}
        </Text>
      </Stack>
    </Paper>
  );
}
