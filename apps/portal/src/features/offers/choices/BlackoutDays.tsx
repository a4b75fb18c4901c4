import { ActionIcon, Anchor, Group, Stack, Text } from '@mantine/core';
import { IconCalendarOff, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDays } from '../../../shared/days-text';
import type { DateChoices } from './choices';
import { DatePickerInput } from '../../../shared/dates';

interface BlackoutDaysProps {
  readonly choices: DateChoices;
  readonly onChoices: (choices: DateChoices) => void;
}

/**
 * Lets a partner exclude dates, in addition to the vendor's dates and the
 * partner's calendar.
 */
export function BlackoutDays({ choices, onChoices }: BlackoutDaysProps) {
  const { t } = useTranslation();
  const daysText = useDays();
  const [days, setDays] = useState<[string | null, string | null]>([null, null]);
  const { blackouts } = choices;
  return (
    <Stack gap="xs">
      <DatePickerInput
        type="range"
        label={t('choices.blackouts')}
        description={t('choices.blackoutsHow')}
        leftSection={<IconCalendarOff size={16} aria-hidden />}
        size="sm"
        allowSingleDateInRange
        minDate={new Date()}
        value={days}
        onChange={([from, to]) => {
          const isWhole = from !== null && to !== null;
          setDays(isWhole ? [null, null] : [from, to]);
          const isNew = isWhole && !blackouts.some((range) => range.from === from && range.to === to);
          if (isNew) onChoices({ ...choices, blackouts: [...blackouts, { from, to }] });
        }}
      />
      {blackouts.map((range, at) => (
        <Group key={`${range.from} ${range.to}`} gap="xs" wrap="nowrap" justify="space-between">
          <Text size="sm">{daysText(range)}</Text>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('choices.removeBlackout', { days: daysText(range) })}
            onClick={() => onChoices({ ...choices, blackouts: blackouts.filter((_, other) => other !== at) })}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Anchor component={Link} to="/calendar" size="xs">
        {t('choices.toCalendar')}
      </Anchor>
    </Stack>
  );
}
