import { Paper, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HoldOutResult } from '#contracts';
import { DifferenceText } from '../../shared/DifferenceText';
import { ExperimentCard } from '../../shared/ExperimentsSection';
import { useFormat } from '../../shared/format';
import { LeadGroup } from '../../shared/LeadGroup';

interface HoldOutCardProps {
  readonly result: HoldOutResult;
  /** Versions have comparisons of their own: the title says which one this is. */
  readonly isOfSeveral: boolean;
}

/** Leads among contacts that got the campaign, and among those that got nothing. */
export function HoldOutCard({ result, isOfSeveral }: HoldOutCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { version, percent, written, heldOut, difference, verdict, readAt, smallest, notCounted } = result;
  if (percent === 0 && heldOut.people === 0)
    return (
      <Paper withBorder p="lg">
        <Text size="sm">{t('experiments.refused')}</Text>
      </Paper>
    );
  return (
    <ExperimentCard
      title={t(isOfSeveral ? 'experiments.holdOutOf' : 'experiments.holdOut', { version: format.number(version) })}
      how={t('experiments.holdOutHow', { percent: format.number(percent) })}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <LeadGroup label={t('experiments.written')} group={written} />
        <LeadGroup label={t('experiments.heldOut')} group={heldOut} />
      </SimpleGrid>
      <DifferenceText {...{ difference, verdict, readAt, smallest }} of="leads" />
      {notCounted > 0 && (
        <Text size="xs" c="dimmed">
          {t('experiments.notCounted', { count: notCounted, people: format.number(notCounted) })}
        </Text>
      )}
    </ExperimentCard>
  );
}
