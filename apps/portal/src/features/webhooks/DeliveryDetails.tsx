import { Button, Code, Modal, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { WebhookAttemptView } from '#contracts';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { RawText } from './RawText';
import { useFailureReason } from './failure-reason';
import { replayWebhookEndpointDelivery, useWebhookEndpointDelivery, webhookKeys } from './api';
import { invalidate } from '../../shared/query-keys';

interface DeliveryDetailsProps {
  readonly endpointId: string;
  readonly deliveryId: string | null;
  readonly onClose: () => void;
}

/** Payload of a delivery, every response, and a button to resend it. */
export function DeliveryDetails({ endpointId, deliveryId, onClose }: DeliveryDetailsProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={deliveryId !== null} onClose={onClose} title={t('webhooks.delivery')} size="lg" centered>
      {deliveryId !== null && <Details key={deliveryId} endpointId={endpointId} deliveryId={deliveryId} />}
    </Modal>
  );
}

function Details({ endpointId, deliveryId }: { readonly endpointId: string; readonly deliveryId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const detail = useWebhookEndpointDelivery(endpointId, deliveryId);
  const replay = useMutation({
    mutationFn: () => replayWebhookEndpointDelivery(endpointId, deliveryId),
    onSuccess: () => invalidate(client, webhookKeys.deliveries(endpointId)),
  });
  return (
    <Loaded query={detail}>
      {({ delivery, body, tries }) => (
        <Stack>
          <div>
            <Title order={3} size="h5">
              webhook-id
            </Title>
            <Code>{delivery.eventId}</Code>
          </div>
          <div>
            <Title order={3} size="h5">
              {t('webhooks.body')}
            </Title>
            <RawText>{JSON.stringify(JSON.parse(body), null, 2)}</RawText>
          </div>
          <div>
            <Title order={3} size="h5">
              {t('webhooks.tries')}
            </Title>
            {tries.length === 0 && <Text size="sm">{t('webhooks.noTries')}</Text>}
            {tries.map((one) => (
              <Try key={one.number} {...one} />
            ))}
          </div>
          <ProblemNote error={replay.error} />
          <Button
            variant="default"
            loading={replay.isPending}
            disabled={delivery.state === 'pending' || replay.isSuccess}
            onClick={() => replay.mutate()}
          >
            {t(replay.isSuccess ? 'webhooks.onItsWay' : 'webhooks.replayOne')}
          </Button>
        </Stack>
      )}
    </Loaded>
  );
}

function Try({ number, sentAt, tookMs, status, error, errorCode, excerpt }: WebhookAttemptView) {
  const { t } = useTranslation();
  const failureReason = useFailureReason();
  const format = useFormat();
  return (
    <Stack gap={4} mb="sm">
      <Text size="sm">
        {number}. {format.moment(sentAt)} ·{' '}
        {status === null ? failureReason(error, errorCode) : t('webhooks.answered', { status, ms: tookMs })}
      </Text>
      {excerpt !== '' && <RawText>{excerpt}</RawText>}
    </Stack>
  );
}
