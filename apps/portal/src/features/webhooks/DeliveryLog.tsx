import { Button, Group, NativeSelect, Paper, Stack, Table, Text, Title, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WebhookDeliveryView } from '#contracts';
import { useFormat } from '../../shared/format';
import { More } from '../../shared/More';
import { Loaded } from '../../shared/Page';
import { usePages } from '../../shared/pages';
import { StatusBadge } from '../../shared/StatusBadge';
import { DeliveryDetails } from './DeliveryDetails';
import { stateOf, useEventWords } from './webhook';

const STATES = ['', 'pending', 'delivered', 'failed'] as const;
/** What is on its way changes by itself. */
const LOOK_AGAIN_MS = 5_000;

/** Everything that was told to an endpoint, newest first. */
export function DeliveryLog({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const [state, setState] = useState('');
  const [shown, setShown] = useState<string | null>(null);
  const query = state === '' ? '' : `?state=${state}`;
  const log = usePages<WebhookDeliveryView>(
    ['webhook-deliveries', id, state],
    `/webhook-endpoints/${id}/deliveries${query}`,
    LOOK_AGAIN_MS,
  );
  return (
    <Paper withBorder p="lg">
      <Stack>
        <Group justify="space-between" align="flex-end">
          <Title order={2} size="h4">
            {t('webhooks.log')}
          </Title>
          <NativeSelect
            label={t('webhooks.show')}
            value={state}
            onChange={(event) => setState(event.currentTarget.value)}
            data={STATES.map((value) => ({ value, label: t(`webhooks.state.${value === '' ? 'all' : value}`) }))}
          />
        </Group>
        <Loaded query={log}>
          {(items) =>
            items.length === 0 ? (
              <Text c="dimmed">{t('webhooks.logEmpty')}</Text>
            ) : (
              <DeliveryTable items={items} onShow={setShown} />
            )
          }
        </Loaded>
        <More list={log} />
        <DeliveryDetails endpointId={id} deliveryId={shown} onClose={() => setShown(null)} />
      </Stack>
    </Paper>
  );
}

function DeliveryTable(props: {
  readonly items: readonly WebhookDeliveryView[];
  readonly onShow: (id: string) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useEventWords();
  return (
    <Table.ScrollContainer minWidth={620}>
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('webhooks.what')}</Table.Th>
            <Table.Th>{t('webhooks.when')}</Table.Th>
            <Table.Th>{t('webhooks.answer')}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{t('webhooks.details')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.items.map((delivery) => (
            <Table.Tr key={delivery.id}>
              <Table.Td>
                <Text size="sm">{words(delivery.type)}</Text>
                <Text size="xs" c="dimmed">
                  {t(`webhooks.cause.${delivery.cause}`)}
                </Text>
              </Table.Td>
              <Table.Td>{format.moment(delivery.occurredAt)}</Table.Td>
              <Table.Td>
                <Stack gap={2} align="flex-start">
                  <StatusBadge status={stateOf(delivery)} label={t(`webhooks.state.${delivery.state}`)} />
                  <Text size="xs" c="dimmed">
                    {delivery.lastStatus ?? delivery.lastError}
                    {delivery.dueAt === null || delivery.attempts === 0
                      ? ''
                      : ` · ${t('webhooks.next', { at: format.moment(delivery.dueAt) })}`}
                  </Text>
                </Stack>
              </Table.Td>
              <Table.Td ta="right">
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={t('webhooks.detailsOf', {
                    event: words(delivery.type),
                    at: format.moment(delivery.occurredAt),
                  })}
                  onClick={() => props.onShow(delivery.id)}
                >
                  {t('webhooks.details')}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
