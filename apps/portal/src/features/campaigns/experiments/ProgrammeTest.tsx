import { Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ReleasedNumber, VendorExperiments } from '#contracts';
import { Confirm } from '../../../shared/Confirm';
import type { Column } from '../../../shared/DataTable';
import { ExperimentCard } from '../../../shared/ExperimentsSection';
import { armLetter } from '../../../shared/experiments';
import { useFormat } from '../../../shared/format';
import { invalidate } from '../../../shared/query-keys';
import { useCan } from '../../../shared/session';
import { TestTable, useArmName } from '../../../shared/TestTable';
import { applyTestWinner, experimentsKey } from './api';

type Test = NonNullable<VendorExperiments['test']>;
type Arm = Test['arms'][number];

interface ProgrammeTestProps {
  readonly campaignId: string;
  /** Of the version. */
  readonly number: number;
  readonly result: Test;
}

/** E-mails or times of a test over all partners, by released numbers, and the choice of one of them. */
export function ProgrammeTest({ campaignId, number, result }: ProgrammeTestProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const columns = useColumns();
  const armName = useArmName(result.arms);
  const { arms, of, winner, nextOn } = result;
  return (
    <ExperimentCard
      title={t('experiments.programmeTest', { number })}
      how={t(`experiments.programmeTestHow.${of}`, { on: format.day(nextOn) })}
    >
      <TestTable
        label={t('experiments.programmeTest', { number })}
        {...{ of, arms, columns }}
        isCounted={({ sent }) => sent !== null}
        saysOpen
      />
      {arms.every(({ sent }) => sent === null) && <Text size="sm">{t('experiments.noNumbers')}</Text>}
      {winner !== null && (
        <Text size="sm" fw={600}>
          {t('experiments.appliedBy', {
            name: armName(winner.arm),
            by: winner.appliedBy,
            at: format.moment(winner.appliedAt),
          })}
        </Text>
      )}
      {can('campaigns.publish') && <WinnerButtons {...{ campaignId, number, result }} />}
    </ExperimentCard>
  );
}

/** Applies one arm, or lets the test go on. */
function WinnerButtons({ campaignId, number, result: { arms, of, winner } }: ProgrammeTestProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const armName = useArmName(arms);
  const isDecided = arms.some(({ verdict }) => verdict === 'better' || verdict === 'worse');
  const apply = async (arm: string | null): Promise<void> => {
    await applyTestWinner(campaignId, number, arm);
    await invalidate(client, experimentsKey(campaignId));
  };
  return (
    <Group gap="xs">
      {arms.map(({ arm }, at) =>
        arm === winner?.arm ? null : (
          <Confirm
            key={arm}
            danger={false}
            quiet
            size="xs"
            label={t('experiments.apply', { letter: armLetter(at) })}
            question={t('experiments.applyQuestion', { name: armName(arm) })}
            onConfirm={() => apply(arm)}
          >
            {isDecided ? null : `${t('experiments.applyOpen')} `}
            {t(`experiments.applyText.${of}`)}
          </Confirm>
        ),
      )}
      {winner !== null && (
        <Confirm
          danger={false}
          quiet
          size="xs"
          label={t('experiments.resume')}
          question={t('experiments.resumeQuestion')}
          onConfirm={() => apply(null)}
        >
          {t(`experiments.resumeText.${of}`)}
        </Confirm>
      )}
    </Group>
  );
}

function useColumns(): readonly Column<Arm>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const number = (released: ReleasedNumber | null): string => {
    if (released === null) return '–';
    const { value, margin, smallest } = released;
    return value === null
      ? t('released.small', { smallest: format.number(smallest) })
      : t('released.number', { value: format.number(value), margin: format.number(margin) });
  };
  return [
    { key: 'sent', title: t('experiments.recipients'), cell: ({ sent }) => number(sent) },
    { key: 'clicked', title: t('experiments.clicked'), cell: ({ clicked }) => number(clicked) },
  ];
}
