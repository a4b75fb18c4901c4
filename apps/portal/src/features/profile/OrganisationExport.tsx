import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { OrganisationExportView } from '#contracts';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { useProblemNotice } from '../../shared/problem-notice';
import { invalidate } from '../../shared/query-keys';
import { checkOrganisationExport, profileKeys, requestOrganisationExport, useOrganisationExports } from './api';

/** Lets an owner download everything that the organisation holds. */
export function OrganisationExport() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const exports = useOrganisationExports();
  const ask = useMutation({
    mutationFn: requestOrganisationExport,
    onSuccess: () => invalidate(client, profileKeys.exports),
  });
  return (
    <Loaded query={exports} height={80}>
      {({ items }) => (
        <Stack>
          {items.slice(0, 3).map((one) => (
            <ExportLine key={one.id} one={one} />
          ))}
          <ProblemNote error={ask.error} />
          <Group>
            <Button
              variant="default"
              loading={ask.isPending}
              disabled={items.some(({ state }) => state === 'running')}
              onClick={() => ask.mutate()}
            >
              {t('profile.export.request')}
            </Button>
          </Group>
        </Stack>
      )}
    </Loaded>
  );
}

function ExportLine({ one }: { readonly one: OrganisationExportView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, state, partsDone, parts, rows, bytes, requestedBy } = one;
  const onError = useProblemNotice();
  const download = useMutation({
    mutationFn: () => checkOrganisationExport(id),
    onSuccess: () => window.location.assign(`/api/v1/organisation/exports/${id}/file`),
    onError,
  });
  const facts = { rows: format.number(rows), megabytes: format.number(Math.ceil((bytes ?? 0) / 1_000_000)) };
  const label = t('profile.export.of', { at: format.moment(one.requestedAt), name: requestedBy });
  return (
    <Group justify="space-between">
      <div>
        <Text size="sm">{label}</Text>
        <Text size="sm" c="dimmed" role="status">
          {t(`profile.export.states.${state}`, facts)}
        </Text>
      </div>
      {state === 'running' && (
        <Progress value={parts === 0 ? 0 : (partsDone / parts) * 100} w={200} aria-label={label} />
      )}
      {state === 'ready' && (
        <Button
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={download.isPending}
          onClick={() => download.mutate()}
        >
          {t('profile.export.download')}
        </Button>
      )}
    </Group>
  );
}
