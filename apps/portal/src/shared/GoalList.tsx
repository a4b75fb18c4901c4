import { Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GoalView } from '#contracts';
import { useGoalText } from './goal-text';
import { useFormat } from './format';

interface GoalListProps {
  readonly goals: readonly GoalView[];
  /** Total number of contacts; null before a launch, or if unknown. */
  readonly contacts: number | null;
}

/** Goals of a sequence, with the number of contacts that reached each. */
export function GoalList({ goals, contacts }: GoalListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const goalText = useGoalText();
  if (goals.length === 0) return null;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="goals">
      <Stack gap="sm">
        <Title order={2} size="h3" id="goals">
          {t('goals.title')}
        </Title>
        {goals.map(({ key, when, ends, reached }) => (
          <Stack key={key} gap={4}>
            <Group justify="space-between" gap="sm">
              <Text size="sm" fw={600}>
                {goalText(when)}
              </Text>
              {reached !== null && (
                <Text size="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
                  {contacts === null
                    ? t('goals.reached', { count: reached, number: format.number(reached) })
                    : t('goals.progress', { reached: format.number(reached), contacts: format.number(contacts) })}
                </Text>
              )}
            </Group>
            {reached !== null && contacts !== null && (
              <Progress value={contacts === 0 ? 0 : (100 * reached) / contacts} aria-label={goalText(when)} />
            )}
            <Text size="xs" c="dimmed">
              {t(ends ? 'goals.ends' : 'goals.goesOn')}
            </Text>
          </Stack>
        ))}
      </Stack>
    </Paper>
  );
}
