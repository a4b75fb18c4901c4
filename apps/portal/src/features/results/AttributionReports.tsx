import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AttributionTable } from '#contracts';
import { useFormat } from '../../shared/format';
import { LoadMore } from '../../shared/LoadMore';
import { useProblemNotice } from '../../shared/problem-notice';
import { useCan } from '../../shared/session';
import { publishAttribution, resultKeys, useAttributionReports } from './api';

interface AttributionReportsProps {
  readonly table: AttributionTable;
  /** The shown period, by its name or days: a name may be of more days than can be sent one by one. */
  readonly query: string;
  /** Whether the table is of another period, while this one loads. */
  readonly isOld: boolean;
}

/** Keeps the shown attribution as a report, and lists the reports. */
export function AttributionReports({ table: { halfLifeDays }, query, isOld }: AttributionReportsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const canEdit = useCan()('leads.edit');
  const client = useQueryClient();
  const reports = useAttributionReports();
  const publish = useMutation({
    mutationFn: () => publishAttribution({ ...Object.fromEntries(new URLSearchParams(query)), halfLifeDays }),
    onSuccess: () => client.invalidateQueries({ queryKey: resultKeys.attributionReports }),
    onError: useProblemNotice(),
  });
  const items = reports.data ?? [];
  return (
    <Stack gap="xs" align="flex-start">
      {canEdit && (
        <Group>
          <Button variant="default" loading={publish.isPending} disabled={isOld} onClick={() => publish.mutate()}>
            {t('attribution.keep')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('attribution.keepWhy')}
          </Text>
        </Group>
      )}
      {items.map(({ id, by, at, from: first, to: last }) => (
        <Anchor key={id} component={Link} to={`/results/attribution/${id}`} size="sm">
          {t('attribution.report', { from: format.day(first), to: format.day(last), at: format.moment(at), by })}
        </Anchor>
      ))}
      <LoadMore list={reports} />
    </Stack>
  );
}
