import { Alert, Button, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ProviderSourceView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { type Status, StatusBadge } from '../../shared/StatusBadge';
import { RotateSecret } from './RotateSecret';
import { deleteProviderSource, updateProviderSource, providerKeys } from './api';
import { invalidate } from '../../shared/query-keys';

const STATUS = { waiting: 'pending', active: 'active', paused: 'held', refused: 'failed' } as const satisfies Record<
  string,
  Status
>;

/** Refused: the last event was refused. */
function stateOf({ pausedAt, lastEventAt, lastRefusal }: ProviderSourceView): keyof typeof STATUS {
  if (pausedAt !== null) return 'paused';
  const isRefused = lastRefusal !== null && lastRefusal.why !== 'paused';
  if (isRefused && (lastEventAt === null || lastRefusal.at > lastEventAt)) return 'refused';
  return lastEventAt === null ? 'waiting' : 'active';
}

/** One provider account: its state and actions, for a vendor. */
export function ProviderCard({ source }: { readonly source: ProviderSourceView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { id, provider, name, pausedAt } = source;
  const done = { onSuccess: () => invalidate(client, providerKeys.sources) };
  const pause = useMutation({
    mutationFn: (paused: boolean) => updateProviderSource(id, { paused }),
    ...done,
  });
  const remove = useMutation({ mutationFn: () => deleteProviderSource(id), ...done });
  const state = stateOf(source);
  const called = t(`providers.called.${provider}`);
  return (
    <Paper withBorder p="lg" component="article" aria-label={name}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <Stack gap={4} miw={0}>
            <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Title>
            <Text size="sm" c="dimmed">
              {called}
            </Text>
          </Stack>
          <StatusBadge status={STATUS[state]} label={t(`providers.state.${state}`)} />
        </Group>
        <Told source={source} />
        {pausedAt !== null && <Alert color="yellow">{t('providers.pausedText')}</Alert>}
        <Refusal source={source} isGrave={state === 'refused'} />
        <ProblemNote error={pause.error} />
        <Group>
          <Button variant="default" loading={pause.isPending} onClick={() => pause.mutate(pausedAt === null)}>
            {t(pausedAt === null ? 'providers.pause' : 'providers.resume')}
          </Button>
          <RotateSecret source={source} />
          <Confirm
            label={t('providers.remove')}
            question={t('providers.removeQuestion', { name })}
            onConfirm={() => remove.mutateAsync()}
          >
            {t('providers.removeText', { provider: called })}
          </Confirm>
        </Group>
      </Stack>
    </Paper>
  );
}

function Told({ source }: { readonly source: ProviderSourceView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { lastEventAt, createdAt, createdBy, events, unmatched, ignored, previousSecretValidUntil } = source;
  return (
    <List size="sm" spacing={2}>
      <List.Item>
        {lastEventAt === null
          ? t('providers.neverTold', { at: format.moment(createdAt), by: createdBy })
          : t('providers.last', { at: format.moment(lastEventAt) })}
      </List.Item>
      {events > 0 && <List.Item>{t('providers.events', { count: events, number: format.number(events) })}</List.Item>}
      {unmatched > 0 && <List.Item>{t('providers.unmatched', { number: format.number(unmatched) })}</List.Item>}
      {ignored > 0 && <List.Item>{t('providers.ignored', { number: format.number(ignored) })}</List.Item>}
      {previousSecretValidUntil !== null && (
        <List.Item>{t('providers.oldUntil', { at: format.moment(previousSecretValidUntil) })}</List.Item>
      )}
    </List>
  );
}

/**
 * The last error and its correction.
 * Less prominent if a later event was accepted.
 */
function Refusal({ source, isGrave }: { readonly source: ProviderSourceView; readonly isGrave: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { lastRefusal, provider } = source;
  if (lastRefusal === null) return null;
  const words = t(`providers.refusal.${lastRefusal.why}`, {
    at: format.moment(lastRefusal.at),
    provider: t(`providers.called.${provider}`),
  });
  return isGrave ? (
    <Alert color="red">{words}</Alert>
  ) : (
    <Text size="sm" c="dimmed">
      {words}
    </Text>
  );
}
