import { Button, Checkbox, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../shared/ProblemNote';
import { createWebhookEndpointReplay, webhookKeys } from './api';
import { invalidate } from '../../shared/query-keys';

const instant = (local: string): string => new Date(local).toISOString();

/** Sends all events of a period again. */
export function ReplaySpan({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({ initialValues: { from: '', to: '', all: false } });
  const replay = useMutation({
    mutationFn: ({ from, to, all }: typeof form.values) =>
      createWebhookEndpointReplay(id, { from: instant(from), to: instant(to), only: all ? 'all' : 'undelivered' }),
    onSuccess: () => invalidate(client, webhookKeys.deliveries(id)),
  });
  return (
    <Paper withBorder p="lg">
      <form onSubmit={form.onSubmit((values) => replay.mutate(values))}>
        <Stack align="flex-start">
          <Title order={2} size="h4">
            {t('webhooks.replaySpan')}
          </Title>
          <Text size="sm">{t('webhooks.replayText')}</Text>
          <Group align="flex-end">
            <TextInput type="datetime-local" label={t('webhooks.from')} required {...form.getInputProps('from')} />
            <TextInput type="datetime-local" label={t('webhooks.to')} required {...form.getInputProps('to')} />
          </Group>
          <Checkbox label={t('webhooks.replayAll')} {...form.getInputProps('all', { type: 'checkbox' })} />
          <Button type="submit" variant="default" loading={replay.isPending}>
            {t('webhooks.replay')}
          </Button>
          <ProblemNote error={replay.error} />
          {replay.data !== undefined && (
            <Text size="sm" role="status">
              {t('webhooks.replayed', { count: replay.data.count })}
            </Text>
          )}
        </Stack>
      </form>
    </Paper>
  );
}
