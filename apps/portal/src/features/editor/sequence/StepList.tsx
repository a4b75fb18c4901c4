import { Badge, Group, NavLink, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WrittenEntry } from './entries';
import { earliestDays, edgesOf } from './graph';
import { STEP_ICONS, useStepText } from './step-text';
import { END, branchesOf, type WrittenStep } from './steps';

interface StepListProps {
  readonly steps: readonly WrittenStep[];
  readonly entries: readonly WrittenEntry[];
  readonly mistakes: ReadonlyMap<string, number>;
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
}

/** The steps as text, for small screens and screen readers. */
export function StepList({ steps, entries, mistakes, chosen, onChoose }: StepListProps) {
  const { t } = useTranslation();
  const days = earliestDays(
    steps,
    entries.map(({ start }) => start),
  );
  return (
    <Stack component="ol" gap="xs" p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('steps.list')}>
      {steps.map((step, at) => (
        <Item
          key={step.key}
          steps={steps}
          at={at}
          step={step}
          entries={entries.filter(({ start }) => start === step.key)}
          day={days.get(step.key)}
          mistakes={mistakes.get(step.key) ?? 0}
          isChosen={step.key === chosen}
          onChoose={() => onChoose(step.key)}
        />
      ))}
    </Stack>
  );
}

interface ItemProps {
  readonly steps: readonly WrittenStep[];
  readonly at: number;
  readonly step: WrittenStep;
  /** Those that begin here. */
  readonly entries: readonly WrittenEntry[];
  /** Earliest day, counted from 0; undefined if no branch leads to the step. */
  readonly day: number | undefined;
  readonly mistakes: number;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Item({ steps, at, step, entries, day, mistakes, isChosen, onChoose }: ItemProps) {
  const { t } = useTranslation();
  const stepText = useStepText();
  const Sign = STEP_ICONS[step.kind];
  return (
    <Paper component="li" withBorder>
      <NavLink
        component="button"
        type="button"
        active={isChosen}
        onClick={onChoose}
        leftSection={<Sign size={18} stroke={1.6} aria-hidden />}
        style={{ borderRadius: 'var(--mantine-radius-lg)' }}
        label={t('steps.label', { number: at + 1, title: stepText.step(step) })}
        description={
          <>
            {[
              ...entries.map((entry) => t('entries.begins', { who: stepText.entry(entry) })),
              day === undefined ? t('steps.unreached') : t('sequence.earliest', { day: day + 1 }),
              ...stepText.rules(step),
            ].join(' · ')}
            <WaysOn steps={steps} step={step} />
          </>
        }
        rightSection={
          mistakes > 0 && (
            <Group>
              <Badge color="red" variant="light" tt="none">
                {t('editor.mistakes', { count: mistakes })}
              </Badge>
            </Group>
          )
        }
      />
    </Paper>
  );
}

/** The steps that can follow, with the condition of each. */
function WaysOn({ steps, step }: Pick<ItemProps, 'steps' | 'step'>) {
  const { t } = useTranslation();
  const stepText = useStepText();
  const ways = branchesOf(step);
  const numberOf = (key: string) => steps.findIndex((one) => one.key === key) + 1;
  const place = (to: string) => (to === END ? t('steps.end') : t('steps.number', { number: numberOf(to) }));
  return edgesOf(steps)
    .filter(({ from }) => from === step.key)
    .map(({ to, way }) => {
      const written = way === null ? undefined : ways[way];
      const otherwise = ways.length > 0 ? t('steps.otherwise') : t('steps.then');
      return (
        <Text key={way ?? 'next'} span display="block" size="xs">
          {written === undefined ? otherwise : stepText.way(written)} → {place(to)}
        </Text>
      );
    });
}
