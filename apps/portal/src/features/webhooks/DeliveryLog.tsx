import { Button, Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WebhookDeliveryView } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { List } from '../../shared/ListScreen';
import { StatusBadge } from '../../shared/StatusBadge';
import { DeliveryDetails } from './DeliveryDetails';
import { stateOf, useEventText } from './webhook';
import { useFailureReason } from './failure-reason';
import { useWebhookDeliveries } from './api';

const STATES = ['', 'pending', 'delivered', 'failed'] as const;
/** The state of pending deliveries changes without user action. */
const LOOK_AGAIN_MS = 5_000;

/** Deliveries to an endpoint, newest first. */
export function DeliveryLog({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const [state, setState] = useState('');
  const [shown, setShown] = useState<string | null>(null);
  const log = useWebhookDeliveries(id, state, LOOK_AGAIN_MS);
  const columns = useColumns();
  return (
    <Paper withBorder p="lg">
      <Stack>
        <Group justify="space-between" align="flex-end">
          <Title order={2} size="h4">
            {t('webhooks.log')}
          </Title>
          <StateChoice state={state} onState={setState} />
        </Group>
        <List
          list={log}
          height={220}
          isNarrowed={state !== ''}
          empty={{ icon: IconWebhook, title: t('webhooks.logNone'), text: t('webhooks.logNoneText') }}
        >
          {(items, isWhole) => (
            <DataTable
              label={t('webhooks.log')}
              items={items}
              isWhole={isWhole}
              idOf={(delivery) => delivery.id}
              columns={columns}
              minWidth={620}
              actions={(delivery) => <ShowDetails delivery={delivery} onShow={() => setShown(delivery.id)} />}
            />
          )}
        </List>
        <DeliveryDetails endpointId={id} deliveryId={shown} onClose={() => setShown(null)} />
      </Stack>
    </Paper>
  );
}

function StateChoice({ state, onState }: { readonly state: string; readonly onState: (state: string) => void }) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('webhooks.show')}
      value={state}
      onChange={(event) => onState(event.currentTarget.value)}
      data={STATES.map((value) => ({ value, label: t(`webhooks.state.${value === '' ? 'all' : value}`) }))}
    />
  );
}

interface ShowDetailsProps {
  readonly delivery: WebhookDeliveryView;
  readonly onShow: () => void;
}

function ShowDetails({ delivery, onShow }: ShowDetailsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const eventText = useEventText();
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={t('webhooks.detailsOf', {
        event: eventText(delivery.type),
        at: format.moment(delivery.occurredAt),
      })}
      onClick={onShow}
    >
      {t('webhooks.details')}
    </Button>
  );
}

function useColumns(): readonly Column<WebhookDeliveryView>[] {
  const { t } = useTranslation();
  const failureReason = useFailureReason();
  const format = useFormat();
  const eventText = useEventText();
  return [
    {
      key: 'what',
      title: t('webhooks.what'),
      isHeading: true,
      orderBy: ({ type }) => eventText(type),
      cell: ({ type, cause }) => (
        <>
          <Text size="sm">{eventText(type)}</Text>
          <Text size="xs" c="dimmed">
            {t(`webhooks.cause.${cause}`)}
          </Text>
        </>
      ),
    },
    {
      key: 'when',
      title: t('webhooks.when'),
      orderBy: ({ occurredAt }) => occurredAt,
      cell: ({ occurredAt }) => format.moment(occurredAt),
    },
    {
      key: 'answer',
      title: t('webhooks.answer'),
      orderBy: ({ state }) => t(`webhooks.state.${state}`),
      cell: (delivery) => (
        <>
          <StatusBadge status={stateOf(delivery)} label={t(`webhooks.state.${delivery.state}`)} />
          <Text size="xs" c="dimmed">
            {delivery.lastStatus ?? failureReason(delivery.lastError, delivery.lastErrorCode)}
            {delivery.dueAt === null || delivery.attempts === 0
              ? ''
              : ` · ${t('webhooks.next', { at: format.moment(delivery.dueAt) })}`}
          </Text>
        </>
      ),
    },
  ];
}
