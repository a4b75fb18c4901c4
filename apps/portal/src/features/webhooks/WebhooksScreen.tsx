import { Anchor, Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconWebhook } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WebhookEndpointView } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { ListScreen } from '../../shared/ListScreen';
import { StatusBadge } from '../../shared/StatusBadge';
import { Dialog } from '../../shared/Dialog';
import { EndpointForm } from './EndpointForm';
import { SecretNote } from './SecretNote';
import { type EndpointDraft, healthOf } from './webhook';
import { createWebhookEndpoint, useWebhookEndpoints, webhookKeys } from './api';
import { invalidate } from '../../shared/query-keys';

interface Written {
  readonly body: EndpointDraft;
  readonly forget: () => void;
}

const BLANK: EndpointDraft = { url: '', description: '', eventTypes: [] };

/** Webhook endpoints of an organisation. */
export function WebhooksScreen() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const endpoints = useWebhookEndpoints({ select: ({ items }) => items });
  const create = useCreateEndpoint(close);
  const columns = useColumns();
  return (
    <ListScreen
      title={t('webhooks.title')}
      lead={t('webhooks.lead')}
      actions={<Button onClick={open}>{t('webhooks.new')}</Button>}
      above={create.data !== undefined && <SecretNote secret={create.data.secret} />}
      list={endpoints}
      height={220}
      empty={{ icon: IconWebhook, title: t('webhooks.none'), text: t('webhooks.noneText') }}
      after={
        <Dialog opened={opened} onClose={close} title={t('webhooks.new')} size="lg" centered>
          <EndpointForm
            id={null}
            initial={BLANK}
            label={t('webhooks.create')}
            pending={create.isPending}
            error={create.error}
            onSubmit={(body, forget) => create.mutate({ body, forget })}
          />
        </Dialog>
      }
    >
      {(items, isWhole) => (
        <DataTable
          label={t('webhooks.title')}
          items={items}
          isWhole={isWhole}
          idOf={({ id }) => id}
          columns={columns}
        />
      )}
    </ListScreen>
  );
}

function useCreateEndpoint(onCreated: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body }: Written) => createWebhookEndpoint(body),
    onSuccess: (_, { forget }) => {
      forget();
      onCreated();
      return invalidate(client, webhookKeys.endpoints);
    },
  });
}

function useColumns(): readonly Column<WebhookEndpointView>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'url',
      title: t('webhooks.url'),
      isHeading: true,
      orderBy: ({ url }) => url,
      maxWidth: 520,
      cell: ({ id, url, description }) => (
        <>
          <Anchor component={Link} to={`/webhooks/${id}`} fw={600} size="sm" style={{ overflowWrap: 'anywhere' }}>
            {url}
          </Anchor>
          {description !== '' && (
            <Text size="sm" c="dimmed">
              {description}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'events',
      title: t('webhooks.events'),
      orderBy: ({ eventTypes }) => eventTypes.length,
      cell: ({ eventTypes }) => t('webhooks.chosen', { count: eventTypes.length }),
    },
    {
      key: 'health',
      title: t('webhooks.how'),
      orderBy: (endpoint) => t(`webhooks.health.${healthOf(endpoint)}`),
      cell: (endpoint) => (
        <StatusBadge status={healthOf(endpoint)} label={t(`webhooks.health.${healthOf(endpoint)}`)} />
      ),
    },
  ];
}
