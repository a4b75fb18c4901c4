import { ActionIcon, Button, Group, Stack, Switch, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { TimeInput } from '../../../shared/dates';
import { armLetter } from '../../../shared/experiments';
import { PowerCalculator } from './PowerCalculator';
import type { WrittenRules } from './rules';
import type { StepChange, WrittenSendTime, WrittenStep } from './steps';
import { MOST_ALTERNATIVES } from './subject-test';
import { firstTimes } from './time-test';
import { Weekdays } from './WaitFields';

interface TestTimesFieldProps {
  readonly step: WrittenStep;
  /** When the sequence sends: times are parts of it. */
  readonly window: WrittenRules['window'];
  /** The number of languages: each has numbers of its own. */
  readonly locales: number;
  readonly onChange: (change: StepChange) => void;
}

const FEWEST = 2;

/** The times of sending that a step tests against each other. */
export function TestTimesField({ step, window = {}, locales, onChange }: TestTimesFieldProps) {
  const { t } = useTranslation();
  const times = step.testTimes ?? [];
  const write = (changed: readonly WrittenSendTime[]): void => onChange({ testTimes: changed });
  return (
    <Stack gap="xs">
      <Switch
        label={t('experiments.testTimes')}
        description={t('experiments.testTimesWhy')}
        checked={times.length > 0}
        onChange={({ currentTarget: { checked } }) => onChange({ testTimes: checked ? firstTimes(window) : null })}
      />
      {times.map((time, at) => (
        <Time
          key={at}
          letter={armLetter(at)}
          time={time}
          days={time.weekdays ?? window.weekdays ?? []}
          canRemove={times.length > FEWEST}
          onWrite={(changed) => write(times.map((one, place) => (place === at ? changed : one)))}
          onRemove={() => write(times.filter((_, place) => place !== at))}
        />
      ))}
      {times.length > 0 && (
        <>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            style={{ alignSelf: 'flex-start' }}
            disabled={times.length > MOST_ALTERNATIVES}
            onClick={() => write([...times, { from: window.from ?? '09:00', to: window.to ?? '17:00' }])}
          >
            {t('experiments.addTime')}
          </Button>
          <Text size="sm">{t('experiments.timesAre', { count: times.length })}</Text>
          <PowerCalculator of="clicks" arms={times.length} variants={locales} />
        </>
      )}
    </Stack>
  );
}

interface TimeProps {
  readonly letter: string;
  readonly time: WrittenSendTime;
  readonly days: readonly string[];
  readonly canRemove: boolean;
  readonly onWrite: (time: WrittenSendTime) => void;
  readonly onRemove: () => void;
}

function Time({ letter, time, days, canRemove, onWrite, onRemove }: TimeProps) {
  const { t } = useTranslation();
  return (
    <Group align="flex-end" gap="sm" role="group" aria-label={t('experiments.timeOf', { letter })}>
      <Text size="sm" fw={600} pb={8} aria-hidden>
        {letter}
      </Text>
      <TimeInput
        label={t('hours.from')}
        value={time.from}
        onChange={({ currentTarget: { value } }) => value !== '' && onWrite({ ...time, from: value })}
      />
      <TimeInput
        label={t('hours.to')}
        value={time.to}
        onChange={({ currentTarget: { value } }) => value !== '' && onWrite({ ...time, to: value })}
      />
      <Weekdays label={t('hours.days')} days={days} onWrite={(weekdays) => onWrite({ ...time, weekdays })} />
      {canRemove && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('experiments.removeTime', { letter })}
          onClick={onRemove}
        >
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      )}
    </Group>
  );
}
