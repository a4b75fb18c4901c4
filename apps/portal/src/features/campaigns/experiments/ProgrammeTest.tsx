import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ReleasedNumber, VendorExperiments } from '#contracts';
import { Confirm } from '../../../shared/Confirm';
import { type Column, DataTable } from '../../../shared/DataTable';
import { armLetter, usePoints } from '../../../shared/experiments';
import { useFormat } from '../../../shared/format';
import { invalidate } from '../../../shared/query-keys';
import { useCan } from '../../../shared/session';
import { applyTestWinner, experimentsKey } from './api';

type Test = NonNullable<VendorExperiments['test']>;
type Arm = Test['arms'][number];

interface ProgrammeTestProps {
  readonly campaignId: string;
  /** Of the version. */
  readonly number: number;
  readonly result: Test;
}

/** E-mails of a test over all partners, by released numbers, and the choice of one of them. */
export function ProgrammeTest({ campaignId, number, result }: ProgrammeTestProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const client = useQueryClient();
  const columns = useColumns(result);
  const { arms, winner, nextOn } = result;
  const apply = async (email: string | null): Promise<void> => {
    await applyTestWinner(campaignId, number, email);
    await invalidate(client, experimentsKey(campaignId));
  };
  return (
    <Paper withBorder p="lg">
      <Stack gap="sm">
        <Title order={3}>{t('experiments.programmeTest', { number })}</Title>
        <Text size="sm">{t('experiments.programmeTestHow', { on: format.day(nextOn) })}</Text>
        <DataTable
          label={t('experiments.programmeTest', { number })}
          items={arms}
          isWhole
          idOf={({ email }) => email}
          columns={columns}
          minWidth={620}
        />
        {winner !== null && (
          <Text size="sm" fw={600}>
            {t('experiments.appliedBy', {
              letter: letterOf(arms, winner.email),
              by: winner.appliedBy,
              at: format.moment(winner.appliedAt),
            })}
          </Text>
        )}
        {can('campaigns.publish') && (
          <Group gap="xs">
            {arms
              .filter(({ email }) => email !== winner?.email)
              .map(({ email }) => (
                <Confirm
                  key={email}
                  danger={false}
                  quiet
                  size="xs"
                  label={t('experiments.apply', { letter: letterOf(arms, email) })}
                  question={t('experiments.applyQuestion', { letter: letterOf(arms, email) })}
                  onConfirm={() => apply(email)}
                >
                  {t('experiments.applyText')}
                </Confirm>
              ))}
            {winner !== null && (
              <Confirm
                danger={false}
                quiet
                size="xs"
                label={t('experiments.resume')}
                question={t('experiments.resumeQuestion')}
                onConfirm={() => apply(null)}
              >
                {t('experiments.resumeText')}
              </Confirm>
            )}
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

const letterOf = (arms: readonly Arm[], email: string): string =>
  armLetter(arms.findIndex((arm) => arm.email === email));

function useColumns({ arms }: Test): readonly Column<Arm>[] {
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
    {
      key: 'email',
      title: t('experiments.arm'),
      isHeading: true,
      cell: ({ email, subject }) => `${letterOf(arms, email)} · ${subject ?? email}`,
    },
    { key: 'sent', title: t('experiments.recipients'), cell: ({ sent }) => number(sent) },
    { key: 'clicked', title: t('experiments.clicked'), cell: ({ clicked }) => number(clicked) },
    {
      key: 'difference',
      title: t('experiments.againstFirst'),
      cell: (arm) => (arms.indexOf(arm) === 0 ? '' : <AgainstFirst arm={arm} />),
    },
  ];
}

function AgainstFirst({ arm: { difference, verdict } }: { readonly arm: Arm }) {
  const { t } = useTranslation();
  const { signed } = usePoints();
  if (difference === null) return t('experiments.tooSmall');
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
