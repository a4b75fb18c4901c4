import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { useActivationInsight } from '../../shared/requests';
import { useStepNameByKey } from '../../shared/step-name';
import { SOURCE_COUNTS, type SourceRow, sourceRows } from './source-rows';

/**
 * What led people to the landing page, and what they did there. Nothing before the first visit.
 * Not sortable, because a step belongs to the row above.
 */
export function SourceTable({ activation: { id, names } }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const stepName = useStepNameByKey(names);
  const { data } = useActivationInsight(id);
  if (data === undefined || data.sources.length === 0) return null;
  const columns: readonly Column<SourceRow>[] = [
    {
      key: 'source',
      title: t('sources.source'),
      isHeading: true,
      cell: ({ source, stepKey }) => (
        <Text size="sm" fw={stepKey === null ? 600 : 400} pl={stepKey === null ? 0 : 'md'}>
          {stepKey === null ? t(`sources.of.${source}`) : stepName(stepKey)}
        </Text>
      ),
    },
    ...SOURCE_COUNTS.map((name): Column<SourceRow> => ({
      key: name,
      title: t(`sources.${name}`),
      align: 'end',
      cell: ({ counts }) => (counts[name] === null ? '' : format.number(counts[name])),
    })),
  ];
  return (
    <Stack gap="xs" component="section" aria-labelledby="sources">
      <Title order={2} id="sources">
        {t('sources.title')}
      </Title>
      <DataTable
        label={t('sources.title')}
        items={sourceRows(data.sources)}
        idOf={({ source, stepKey }) => `${source} ${stepKey ?? ''}`}
        columns={columns}
      />
      <Text size="xs" c="dimmed">
        {t('sources.note')}
      </Text>
    </Stack>
  );
}
