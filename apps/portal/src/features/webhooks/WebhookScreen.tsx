import { Alert, Anchor, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { WebhookEndpointView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { useFormat } from '../../shared/format';
import { Loaded, Page } from '../../shared/Page';
import { StatusBadge } from '../../shared/StatusBadge';
import { DeliveryLog } from './DeliveryLog';
import { EndpointForm } from './EndpointForm';
import { ReplaySpan } from './ReplaySpan';
import { SecretNote } from './SecretNote';
import { TestEvent } from './TestEvent';
import { type EndpointDraft, healthOf } from './webhook';
import {
  createWebhookEndpointSecret,
  deleteWebhookEndpoint,
  saveWebhookEndpoint,
  useWebhookEndpoint,
  webhookKeys,
} from './api';
import { invalidate } from '../../shared/query-keys';

export function WebhookScreen() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const endpoint = useWebhookEndpoint(id);
  return (
    <Page
      title={t('webhooks.one')}
      lead={
        <Anchor component={Link} to="/webhooks">
          {t('webhooks.all')}
        </Anchor>
      }
    >
      <Loaded query={endpoint}>{(found) => <Endpoint key={found.id} endpoint={found} />}</Loaded>
    </Page>
  );
}

function Endpoint({ endpoint }: { readonly endpoint: WebhookEndpointView }) {
  const { t } = useTranslation();
  const health = healthOf(endpoint);
  return (
    <Stack gap="xl">
      <Paper withBorder p="lg">
        <Stack>
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
              {endpoint.url}
            </Title>
            <StatusBadge status={health} label={t(`webhooks.health.${health}`)} />
          </Group>
          <Health endpoint={endpoint} />
          <Settings endpoint={endpoint} />
        </Stack>
      </Paper>
      <Secret endpoint={endpoint} />
      <TestEvent id={endpoint.id} />
      <DeliveryLog id={endpoint.id} />
      <ReplaySpan id={endpoint.id} />
      <Removal id={endpoint.id} />
    </Stack>
  );
}

function Health({ endpoint }: { readonly endpoint: WebhookEndpointView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { disabledReason, failingSince } = endpoint;
  if (disabledReason !== null) return <Alert color="yellow">{t(`webhooks.disabled.${disabledReason}`)}</Alert>;
  if (failingSince === null) return null;
  return <Alert color="red">{t('webhooks.failing', { since: format.moment(failingSince) })}</Alert>;
}

interface Written {
  readonly body: EndpointDraft & { readonly enabled: boolean };
  /**
   * Deletes the draft.
   * Absent for the on/off switch, which does not save the form.
   */
  readonly forget?: () => void;
}

function Settings({ endpoint }: { readonly endpoint: WebhookEndpointView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { id, version, url, description, eventTypes, disabledAt } = endpoint;
  const save = useMutation({
    mutationFn: ({ body }: Written) => saveWebhookEndpoint(id, version, body),
    onSuccess: (_, { forget }) => {
      forget?.();
      return invalidate(client, webhookKeys.endpoints);
    },
  });
  const isEnabled = disabledAt === null;
  return (
    <>
      <EndpointForm
        id={id}
        initial={{ url, description, eventTypes: [...eventTypes] }}
        label={t('webhooks.save')}
        pending={save.isPending}
        error={save.error}
        onSubmit={(draft, forget) => save.mutate({ body: { ...draft, enabled: isEnabled }, forget })}
      />
      <Button
        variant="default"
        loading={save.isPending}
        onClick={() => save.mutate({ body: { url, description, eventTypes: [...eventTypes], enabled: !isEnabled } })}
        style={{ alignSelf: 'flex-start' }}
      >
        {t(isEnabled ? 'webhooks.disable' : 'webhooks.enable')}
      </Button>
    </>
  );
}

function Secret({ endpoint: { id, previousSecretValidUntil } }: { readonly endpoint: WebhookEndpointView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const rotate = useMutation({
    mutationFn: () => createWebhookEndpointSecret(id, {}),
    onSuccess: () => invalidate(client, webhookKeys.endpoints),
  });
  return (
    <Paper withBorder p="lg">
      <Stack align="flex-start">
        <Title order={2} size="h4">
          {t('webhooks.secret')}
        </Title>
        <Text size="sm">{t('webhooks.secretText')}</Text>
        {previousSecretValidUntil !== null && (
          <Text size="sm">{t('webhooks.oldUntil', { until: format.moment(previousSecretValidUntil) })}</Text>
        )}
        {rotate.data !== undefined && <SecretNote secret={rotate.data.secret} />}
        <Confirm
          label={t('webhooks.rotate')}
          question={t('webhooks.rotateQuestion')}
          danger={false}
          onConfirm={() => rotate.mutateAsync()}
        >
          {t('webhooks.rotateText')}
        </Confirm>
      </Stack>
    </Paper>
  );
}

function Removal({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteWebhookEndpoint(id),
    onSuccess: async () => {
      await navigate('/webhooks');
      await client.invalidateQueries({ queryKey: webhookKeys.endpoints, exact: true });
    },
  });
  return (
    <Group>
      <Confirm
        label={t('webhooks.remove')}
        question={t('webhooks.removeQuestion')}
        onConfirm={() => remove.mutateAsync()}
      >
        {t('webhooks.removeText')}
      </Confirm>
    </Group>
  );
}
