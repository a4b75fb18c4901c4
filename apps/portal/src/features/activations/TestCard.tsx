import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail, TestResult } from '#contracts';
import type { Column } from '../../shared/DataTable';
import { ExperimentCard } from '../../shared/ExperimentsSection';
import { usePoints } from '../../shared/experiments';
import { useFormat } from '../../shared/format';
import { TestTable, useArmName } from '../../shared/TestTable';

type Arm = TestResult['arms'][number];

interface TestCardProps {
  readonly result: TestResult;
  readonly names: ActivationDetail['names'];
}

/** E-mails or times that a step tests against each other, and what their recipients did. */
export function TestCard({ result, names }: TestCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { points } = usePoints();
  const columns = useColumns();
  const armName = useArmName(result.arms);
  const { arms, of, stepKey, readAt, smallest, notCounted, waiting, winner } = result;
  const number = names.find((name) => name.stepKey === stepKey)?.number ?? 1;
  const isOpen = arms.slice(1).every(({ verdict }) => verdict === 'open');
  return (
    <ExperimentCard title={t('experiments.test', { number })} how={t(`experiments.testHow.${of}`)}>
      <TestTable
        label={t('experiments.test', { number })}
        {...{ of, arms, columns }}
        isCounted={({ people }) => people > 0}
        saysOpen={!isOpen}
      />
      {isOpen && (
        <Text size="sm">
          {t(waiting > 0 ? 'experiments.openWaiting' : 'experiments.openUntil', { at: format.date(readAt) })}
        </Text>
      )}
      {waiting > 0 && (
        <Text size="sm">{t('experiments.waiting', { count: waiting, people: format.number(waiting) })}</Text>
      )}
      {winner !== null && (
        <Text size="sm" fw={600}>
          {t('experiments.applied', { name: armName(winner) })}
        </Text>
      )}
      {smallest !== null && (
        <Text size="xs" c="dimmed">
          {t('experiments.finds', { points: points(smallest) })}
        </Text>
      )}
      {notCounted > 0 && (
        <Text size="xs" c="dimmed">
          {t('experiments.notCounted', { count: notCounted, people: format.number(notCounted) })}
        </Text>
      )}
    </ExperimentCard>
  );
}

function useColumns(): readonly Column<Arm>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const share = (done: number, people: number): string =>
    people === 0 ? '–' : t('experiments.shareOf', { share: format.share(done / people), done: format.number(done) });
  return [
    { key: 'people', title: t('experiments.recipients'), cell: ({ people }) => format.number(people) },
    { key: 'clicked', title: t('experiments.clicked'), cell: ({ clicked, people }) => share(clicked, people) },
    { key: 'replied', title: t('experiments.replied'), cell: ({ replied, people }) => share(replied, people) },
  ];
}
