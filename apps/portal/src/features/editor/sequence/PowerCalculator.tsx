import { Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PlannedGroups, usePoints, usePower } from '../../../shared/experiments';
import { useFormat } from '../../../shared/format';
import { NumberField } from '../../../shared/NumberField';

/** A hold-out by its share, or a test by its e-mails. */
type Planned = { readonly of: 'leads'; readonly percent: number } | { readonly of: 'clicks'; readonly arms: number };

/** Each arm is compared with the first one: two groups of the same size. */
const groupsOf = (planned: Planned, people: number): Pick<PlannedGroups, 'people' | 'percent'> =>
  planned.of === 'leads'
    ? { people, percent: planned.percent }
    : { people: Math.round((people * 2) / planned.arms), percent: 50 };

/** What so many people can show, before a campaign is launched. */
export function PowerCalculator(planned: Planned) {
  const { t } = useTranslation();
  const format = useFormat();
  const { points } = usePoints();
  const { of } = planned;
  const [people, setPeople] = useState(5_000);
  const [basePercent, setBase] = useState(of === 'leads' ? 3 : 10);
  const smallest = usePower({ ...groupsOf(planned, people), basePercent }).data?.smallest;
  return (
    <Stack gap={6} component="section" aria-label={t('experiments.calculator')}>
      <Text size="sm" fw={600}>
        {t('experiments.calculator')}
      </Text>
      <Group align="flex-end">
        <NumberField
          label={t('experiments.people')}
          min={1}
          max={10_000_000}
          value={people}
          onChange={(value) => value !== '' && setPeople(value)}
        />
        <NumberField
          label={t(of === 'leads' ? 'experiments.base' : 'experiments.baseClicks')}
          unit="%"
          min={0}
          max={99}
          decimals={1}
          value={basePercent}
          onChange={(value) => value !== '' && setBase(value)}
        />
      </Group>
      {smallest !== undefined && (
        <Text size="sm" aria-live="polite">
          {smallest === null
            ? t('experiments.powerNone', { count: people, people: format.number(people) })
            : t(of === 'leads' ? 'experiments.power' : 'experiments.powerClicks', {
                count: people,
                people: format.number(people),
                points: points(smallest),
                base: format.share(basePercent / 100),
              })}
        </Text>
      )}
    </Stack>
  );
}
