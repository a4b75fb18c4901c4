import { Group, Paper, Progress, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCheck, IconCircleDashed } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from './Confirm';

interface Step {
  readonly key: string;
  readonly isDone: boolean;
  readonly title: string;
  readonly text: string;
  /** How to do it; shown until it is done. */
  readonly action: ReactNode;
}

interface ChecklistProps {
  readonly title: string;
  readonly steps: readonly Step[];
  /** What hiding it does; absent: the user may not hide it. */
  readonly hide?: { readonly text: string; readonly onHide: () => Promise<void> } | undefined;
}

/** Steps that are done by facts, with the way to each. */
export function Checklist({ title, steps, hide }: ChecklistProps) {
  const { t } = useTranslation();
  const id = useId();
  const done = steps.filter(({ isDone }) => isDone).length;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby={id}>
      <Stack>
        <div>
          <Title order={2} size="h3" id={id}>
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {t('checklist.lead', { done, count: steps.length })}
          </Text>
        </div>
        <Progress value={(100 * done) / steps.length} aria-label={title} />
        <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
          {steps.map((step) => (
            <StepLine key={step.key} step={step} />
          ))}
        </Stack>
        {hide !== undefined && (
          <Group justify="flex-end">
            <Confirm
              label={t('checklist.hide')}
              question={t('checklist.hideAsk')}
              danger={false}
              quiet
              size="xs"
              onConfirm={hide.onHide}
            >
              {hide.text}
            </Confirm>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

function StepLine({ step: { isDone, title, text, action } }: { readonly step: Step }) {
  const { t } = useTranslation();
  return (
    <Group component="li" wrap="nowrap" align="flex-start" gap="sm">
      <ThemeIcon
        size={24}
        radius="xl"
        variant={isDone ? 'filled' : 'light'}
        color={isDone ? 'teal' : 'gray'}
        role="img"
        aria-label={t(isDone ? 'checklist.done' : 'checklist.open')}
      >
        {isDone ? <IconCheck size={16} aria-hidden /> : <IconCircleDashed size={16} aria-hidden />}
      </ThemeIcon>
      <Group justify="space-between" align="flex-start" gap="xs" style={{ flex: 1 }}>
        <div style={{ flex: '1 1 240px' }}>
          <Text fw={600} size="sm">
            {title}
          </Text>
          {!isDone && (
            <Text size="sm" c="dimmed">
              {text}
            </Text>
          )}
        </div>
        {!isDone && action}
      </Group>
    </Group>
  );
}
