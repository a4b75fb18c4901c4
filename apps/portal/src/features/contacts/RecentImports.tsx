import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ContactImportLine } from '#contracts';
import { useFormat } from '../../shared/format';
import { StatusBadge } from '../../shared/StatusBadge';
import { isFinished } from './import-state';
import { useContactImports } from './api';

const SHOWN = 5;
const LOOK_AGAIN_MS = 2000;

/**
 * Links a partner to running imports and to the rejected rows of recent ones.
 * Nothing without imports.
 */
export function RecentImports() {
  const { t } = useTranslation();
  const heading = useId();
  const imports = useContactImports(SHOWN, {
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ status }) => !isFinished(status)) ? LOOK_AGAIN_MS : false,
  });
  const items = imports.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby={heading}>
      <Stack gap="sm">
        <Title order={2} size="h3" id={heading}>
          {t('imports.title')}
        </Title>
        {items.map((one) => (
          <RecentImport key={one.id} one={one} />
        ))}
      </Stack>
    </Paper>
  );
}

function RecentImport({
  one: { id, status, fileName, total, counts, createdAt },
}: {
  readonly one: ContactImportLine;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const numbers = {
    done: format.number(counts.candidates - counts.rejected),
    total: format.number(total ?? counts.candidates),
    rejected: format.number(counts.rejected),
  };
  return (
    <Group gap="sm">
      <StatusBadge status={status} />
      <Anchor component={Link} to={`/contacts/import/${id}`} size="sm" style={{ overflowWrap: 'anywhere' }}>
        {fileName}
      </Anchor>
      <Text size="sm" c="dimmed">
        {format.moment(createdAt)}
      </Text>
      {total !== null && (
        <Text size="sm" c="dimmed">
          {t('imports.taken', { count: total, ...numbers })}
          {counts.rejected > 0 && ` ${t('imports.rejected', { count: counts.rejected, ...numbers })}`}
        </Text>
      )}
    </Group>
  );
}
