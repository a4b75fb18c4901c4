import { Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DecideUnknown, UnknownMessage } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { useStepName } from '../../shared/step-name';
import { decideUnknownMessages, useUnknownMessages, sendingKeys } from './api';
import { invalidate } from '../../shared/query-keys';

/**
 * The server searches for evidence.
 * Messages that it decides leave the list.
 */
const LOOK_AGAIN_MS = 15_000;
const SHOWN = 100;
/**
 * Only e-mails can be unknown.
 * The campaign may not contain this one any more.
 */
const LEFT_OUT = { stepKey: '', kind: 'email', number: null } as const;

/**
 * Messages of a partner with an unknown outcome, and the evidence for each.
 * Nothing without such messages.
 */
export function UnknownMessages() {
  const { t } = useTranslation();
  const columns = useColumns();
  const { data } = useUnknownMessages({ refetchInterval: LOOK_AGAIN_MS });
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Paper withBorder p="lg">
      <Stack>
        <Title order={2} size="h4">
          {t('relays.unknown.list')}
        </Title>
        <Text size="sm">{t('relays.unknown.how')}</Text>
        <DataTable
          label={t('relays.unknown.list')}
          items={items}
          isWhole={items.length < SHOWN}
          idOf={({ id }) => id}
          columns={columns}
          minWidth={760}
          actions={(message) => <Decisions message={message} />}
        />
        {items.length === SHOWN && (
          <Text size="sm" c="dimmed">
            {t('relays.unknown.whole')}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

function useColumns(): readonly Column<UnknownMessage>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'message',
      title: t('relays.unknown.message'),
      isHeading: true,
      maxWidth: 320,
      cell: (message) => <Message message={message} />,
    },
    {
      key: 'partner',
      title: t('relays.unknown.partner'),
      orderBy: ({ partner }) => partner,
      cell: ({ partner }) => partner,
    },
    {
      key: 'since',
      title: t('relays.unknown.since'),
      orderBy: ({ unknownSince }) => unknownSince,
      cell: ({ unknownSince }) => format.moment(unknownSince),
    },
    {
      key: 'server',
      title: t('relays.unknown.server'),
      maxWidth: 200,
      cell: ({ relay }) => relay,
    },
  ];
}

/** Id, step and subject of a message, and how often its provider was asked. */
function Message({ message: { messageId, name, lookUpsWithoutResult } }: { readonly message: UnknownMessage }) {
  const { t } = useTranslation();
  const stepName = useStepName();
  return (
    <>
      <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
        {messageId}
      </Text>
      <Text size="sm" c="dimmed">
        {stepName(name ?? LEFT_OUT)}
      </Text>
      {name?.subject != null && (
        <Text size="sm" c="dimmed">
          {name.subject}
        </Text>
      )}
      {lookUpsWithoutResult > 0 && (
        <Text size="sm" c="dimmed">
          {t('relays.unknown.vain', { count: lookUpsWithoutResult })}
        </Text>
      )}
    </>
  );
}

function Decisions({ message: { id } }: { readonly message: UnknownMessage }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const decide = useMutation({
    mutationFn: (decision: DecideUnknown['decision']) =>
      decideUnknownMessages({ ids: [id], decision } satisfies DecideUnknown),
    onSuccess: () => invalidate(client, sendingKeys.unknownMessages, sendingKeys.unknownPolicy),
  });
  return (
    <Stack gap={6} align="flex-end">
      <Confirm
        label={t('relays.unknown.accepted')}
        question={t('relays.unknown.acceptedAsk')}
        danger={false}
        size="xs"
        onConfirm={() => decide.mutateAsync('accepted')}
      >
        {t('relays.unknown.acceptedText')}
      </Confirm>
      <Confirm
        label={t('relays.unknown.redrive')}
        question={t('relays.unknown.redriveAsk')}
        size="xs"
        onConfirm={() => decide.mutateAsync('redrive')}
      >
        {t('relays.unknown.redriveText')}
      </Confirm>
      <Confirm
        label={t('relays.unknown.drop')}
        question={t('relays.unknown.dropAsk')}
        size="xs"
        onConfirm={() => decide.mutateAsync('close')}
      >
        {t('relays.unknown.dropText')}
      </Confirm>
    </Stack>
  );
}
