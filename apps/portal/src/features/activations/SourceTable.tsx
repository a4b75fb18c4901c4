import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail, ActivationInsight } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { useActivationInsight } from '../../shared/requests';
import { useStepNameByKey } from '../../shared/step-name';

type Source = ActivationInsight['sources'][number];

const COUNTS = ['visits', 'formStarts', 'forms', 'documents', 'entries', 'machineVisits'] as const;

/** What led people to the landing page, and what they did there. Nothing before the first visit. */
export function SourceTable({ activation: { id, names } }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const stepName = useStepNameByKey(names);
  const { data } = useActivationInsight(id);
  if (data === undefined || data.sources.length === 0) return null;
  const columns: readonly Column<Source>[] = [
    {
      key: 'source',
      title: t('sources.source'),
      isHeading: true,
      cell: ({ source, stepKey }) => (stepKey === null ? t(`sources.of.${source}`) : stepName(stepKey)),
    },
    ...COUNTS.map((name) => ({
      key: name,
      title: t(`sources.${name}`),
      align: 'end' as const,
      orderBy: (row: Source) => row[name],
      cell: (row: Source) => format.number(row[name]),
    })),
  ];
  return (
    <Stack gap="xs" component="section" aria-labelledby="sources">
      <Title order={2} id="sources">
        {t('sources.title')}
      </Title>
      <DataTable
        label={t('sources.title')}
        items={data.sources}
        isWhole
        idOf={({ source, stepKey }) => `${source} ${stepKey ?? ''}`}
        columns={columns}
      />
      <Text size="xs" c="dimmed">
        {t('sources.note')}
      </Text>
    </Stack>
  );
}
