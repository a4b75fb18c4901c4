import { Anchor, Button, Group, Modal, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconWebhook } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { RevealedWebhookEndpoint, WebhookEndpoints, WebhookEndpointView } from '#contracts';
import { call, get } from '../../shared/api';
import { Empty } from '../../shared/Empty';
import { Loaded, Page } from '../../shared/Page';
import { StatusBadge } from '../../shared/StatusBadge';
import { EndpointForm } from './EndpointForm';
import { SecretNote } from './SecretNote';
import { type EndpointDraft, healthOf } from './webhook';

const BLANK: EndpointDraft = { url: '', description: '', eventTypes: [] };

export function WebhooksScreen() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const endpoints = useQuery({
    queryKey: ['webhook-endpoints'],
    queryFn: get<z.output<typeof WebhookEndpoints>>('/webhook-endpoints'),
  });
  const create = useMutation({
    mutationFn: (body: EndpointDraft) =>
      call<z.output<typeof RevealedWebhookEndpoint>>('POST', '/webhook-endpoints', { body }),
    onSuccess: () => {
      close();
      return client.invalidateQueries({ queryKey: ['webhook-endpoints'] });
    },
  });
  const add = <Button onClick={open}>{t('webhooks.new')}</Button>;
  return (
    <Page title={t('webhooks.title')} lead={t('webhooks.lead')} actions={add}>
      {create.data !== undefined && <SecretNote secret={create.data.secret} />}
      <Modal opened={opened} onClose={close} title={t('webhooks.new')} size="lg" centered>
        <EndpointForm
          initial={BLANK}
          label={t('webhooks.create')}
          pending={create.isPending}
          error={create.error}
          onSubmit={create.mutate}
        />
      </Modal>
      <Loaded query={endpoints}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={IconWebhook} title={t('webhooks.none')}>
              {t('webhooks.noneText')}
            </Empty>
          ) : (
            <Stack>
              {items.map((endpoint) => (
                <EndpointCard key={endpoint.id} endpoint={endpoint} />
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

function EndpointCard({ endpoint }: { readonly endpoint: WebhookEndpointView }) {
  const { t } = useTranslation();
  const { id, url, description, eventTypes } = endpoint;
  const health = healthOf(endpoint);
  return (
    <Paper withBorder p="lg">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Stack gap={4} miw={0}>
          <Anchor component={Link} to={`/webhooks/${id}`} fw={600} style={{ overflowWrap: 'anywhere' }}>
            {url}
          </Anchor>
          {description !== '' && <Text size="sm">{description}</Text>}
          <Text size="sm" c="dimmed">
            {t('webhooks.chosen', { count: eventTypes.length })}
          </Text>
        </Stack>
        <StatusBadge status={health} label={t(`webhooks.health.${health}`)} />
      </Group>
    </Paper>
  );
}
