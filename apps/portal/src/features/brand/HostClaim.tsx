import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { HostClaim as Claim } from '#contracts';
import { CopyField } from '../../shared/CopyField';
import { useFormat } from '../../shared/format';
import { RecordActions } from '../../shared/RecordActions';
import { UnicodeHost } from './UnicodeHost';
import { checkVerifiedHost, deleteVerifiedHost, brandKeys } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';

const COLOURS = { pending: 'yellow', verified: 'teal', broken: 'red' } as const;

/**
 * Refetches what depends on verified hosts: the hosts, the profile's missing
 * fields and the offers.
 */
export function useHostsChanged(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await invalidate(client, brandKeys.verifiedHosts, brandKeys.profile, queryKeys.offers);
  };
}

/**
 * Shows a partner the DNS record that proves a host, and what was found in the
 * DNS.
 */
export function HostClaim({ claim }: { readonly claim: Claim }) {
  const { t } = useTranslation();
  const format = useFormat();
  const changed = useHostsChanged();
  const { host, letters, state, record, problem, found, checkedAt } = claim;
  const check = useMutation({ mutationFn: () => checkVerifiedHost(host), onSuccess: changed });
  const withdraw = useMutation({ mutationFn: () => deleteVerifiedHost(host), onSuccess: changed });
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label={host}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={3} size="h5" style={{ overflowWrap: 'anywhere' }}>
            {host} <UnicodeHost host={host} letters={letters} />
          </Title>
          <Badge color={COLOURS[state]} variant="light" tt="none">
            {t(`brand.hosts.state.${state}`)}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {t(`brand.hosts.stateText.${state}`)}{' '}
          {checkedAt !== null && t('sending.checked', { time: format.moment(checkedAt) })}
        </Text>
        <CopyField label={t('sending.name', { type: record.type })} text={record.name} />
        <CopyField label={t('sending.value')} text={record.value} />
        {problem !== null && (
          <Text size="sm" role="status" style={{ overflowWrap: 'anywhere' }}>
            {t(`brand.hosts.problem.${problem}`)} {found !== null && found !== '' && t('sending.found', { found })}
          </Text>
        )}
        <RecordActions
          check={check}
          label={t('brand.hosts.withdraw')}
          question={t('brand.hosts.withdrawAsk', { host })}
          onRemove={() => withdraw.mutateAsync()}
        >
          {t('brand.hosts.withdrawText')}
        </RecordActions>
      </Stack>
    </Paper>
  );
}
