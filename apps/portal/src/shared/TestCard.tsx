import { Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail, TestResult } from '#contracts';
import { type Column, DataTable } from './DataTable';
import { armLetter, usePoints } from './experiments';
import { useFormat } from './format';

type Arm = TestResult['arms'][number];

interface TestCardProps {
  readonly result: TestResult;
  readonly names: ActivationDetail['names'];
}

/** E-mails that a step tests against each other, and what their recipients did. */
export function TestCard({ result, names }: TestCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { points } = usePoints();
  const columns = useColumns(result);
  const { arms, stepKey, readAt, smallest, notCounted, winner } = result;
  const number = names.find((name) => name.stepKey === stepKey)?.number ?? 1;
  const isOpen = arms.slice(1).every(({ verdict }) => verdict === 'open');
  return (
    <Paper withBorder p="lg">
      <Stack gap="sm">
        <Title order={3}>{t('experiments.test', { number })}</Title>
        <Text size="sm">{t('experiments.testHow')}</Text>
        <DataTable
          label={t('experiments.test', { number })}
          items={arms}
          isWhole
          idOf={({ email }) => email}
          columns={columns}
          minWidth={560}
        />
        {isOpen && <Text size="sm">{t('experiments.openUntil', { at: format.date(readAt) })}</Text>}
        {winner !== null && (
          <Text size="sm" fw={600}>
            {t('experiments.applied', { letter: armLetter(arms.findIndex(({ email }) => email === winner)) })}
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
      </Stack>
    </Paper>
  );
}

function useColumns({ arms }: TestResult): readonly Column<Arm>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const share = (done: number, people: number): string =>
    people === 0 ? '–' : t('experiments.shareOf', { share: format.share(done / people), done: format.number(done) });
  return [
    {
      key: 'email',
      title: t('experiments.arm'),
      isHeading: true,
      cell: (arm) => `${armLetter(arms.indexOf(arm))} · ${arm.subject ?? arm.email}`,
    },
    { key: 'people', title: t('experiments.recipients'), cell: ({ people }) => format.number(people) },
    { key: 'clicked', title: t('experiments.clicked'), cell: ({ clicked, people }) => share(clicked, people) },
    { key: 'replied', title: t('experiments.replied'), cell: ({ replied, people }) => share(replied, people) },
    { key: 'difference', title: t('experiments.againstFirst'), cell: (arm) => <AgainstFirst arm={arm} /> },
  ];
}

/** The difference to the first e-mail, and what it means once it is read. */
function AgainstFirst({ arm: { difference, verdict } }: { readonly arm: Arm }) {
  const { t } = useTranslation();
  const { signed } = usePoints();
  if (difference === null) return '–';
  const { estimate, from, to } = difference;
  return (
    <>
      {t('experiments.shortDifference', { points: signed(estimate), from: signed(from), to: signed(to) })}
      <Text size="xs" c="dimmed">
        {t(`experiments.verdict.clicks.${verdict}`)}
      </Text>
    </>
  );
}
