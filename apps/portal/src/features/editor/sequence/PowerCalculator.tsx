import { Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CLICKS_PERCENT, LEADS_PERCENT } from '../../../shared/experiments';
import { NumberField } from '../../../shared/NumberField';
import { PowerText } from '../../../shared/PowerText';

/** A hold-out by its share, or a test by its arms and the recipient variants of each. */
type Planned =
  | { readonly of: 'leads'; readonly percent: number }
  | { readonly of: 'clicks'; readonly arms: number; readonly variants: number };

/** Partners launch over two to three months. */
const RELEASES = 3;
/** No more numbers of a campaign are released. */
const MOST_VARIANTS = 12;

/** What so many people of all partners can show the vendor, before a campaign is launched. */
export function PowerCalculator(planned: Planned) {
  const { t } = useTranslation();
  const { of } = planned;
  const [people, setPeople] = useState(5_000);
  const [basePercent, setBase] = useState(of === 'leads' ? LEADS_PERCENT : CLICKS_PERCENT);
  const [releases, setReleases] = useState(RELEASES);
  const groups =
    planned.of === 'leads'
      ? { percent: planned.percent }
      : { arms: planned.arms, variants: Math.min(MOST_VARIANTS, Math.max(1, planned.variants)), releases };
  return (
    <Stack gap={6} component="section" aria-label={t('experiments.calculator')}>
      <Text size="sm" fw={600}>
        {t('experiments.calculator')}
      </Text>
      <Text size="xs" c="dimmed">
        {t(`experiments.calculatorHow.${of}`)}
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
        {of === 'clicks' && (
          <NumberField
            label={t('experiments.releases')}
            min={1}
            max={13}
            value={releases}
            onChange={(value) => value !== '' && setReleases(value)}
          />
        )}
      </Group>
      <PowerText size="sm" planned={{ over: 'programme', people, basePercent, ...groups }} />
    </Stack>
  );
}
