import { Alert, Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { WebhookTestResult } from '#contracts';
import { ProblemNote } from '../../shared/ProblemNote';
import { RawText } from './RawText';
import { useFailureReason } from './failure-reason';
import { sendTestEvent, webhookKeys } from './api';
import { invalidate } from '../../shared/query-keys';

/** Sends a test event and shows the response. */
export function TestEvent({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const test = useMutation({
    mutationFn: () => sendTestEvent(id),
    onSuccess: () => invalidate(client, webhookKeys.deliveries(id)),
  });
  return (
    <Paper withBorder p="lg">
      <Stack align="flex-start">
        <Title order={2} size="h4">
          {t('webhooks.test')}
        </Title>
        <Text size="sm">{t('webhooks.testText')}</Text>
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          {t('webhooks.sendTest')}
        </Button>
        <ProblemNote error={test.error} />
        {test.data !== undefined && <Outcome {...test.data} />}
      </Stack>
    </Paper>
  );
}

function Outcome({ status, error, errorCode, excerpt, tookMs }: z.output<typeof WebhookTestResult>) {
  const { t } = useTranslation();
  const failureReason = useFailureReason();
  const isTaken = status !== null && status >= 200 && status < 300;
  return (
    <Alert color={isTaken ? 'teal' : 'red'} role="status" w="100%">
      <Text size="sm">
        {status === null ? failureReason(error, errorCode) : t('webhooks.answered', { status, ms: tookMs })}
        {isTaken ? '' : ` ${t('webhooks.notTaken')}`}
      </Text>
      {excerpt !== '' && <RawText>{excerpt}</RawText>}
    </Alert>
  );
}
