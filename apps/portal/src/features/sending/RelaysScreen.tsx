import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconServer2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RelayView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { ListScreen } from '../../shared/ListScreen';
import { ProblemNote } from '../../shared/ProblemNote';
import { useTranslateCode } from '../../shared/translate-code';
import { StatusBadge } from '../../shared/StatusBadge';
import { EditRelay } from './EditRelay';
import { FrequencyCap } from './FrequencyCap';
import { UnknownMessages } from './UnknownMessages';
import { UnknownPolicy } from './UnknownPolicy';
import { VendorDomain } from './VendorDomain';
import { checkRelay, deleteRelay, useRelays, sendingKeys } from './api';
import { invalidate } from '../../shared/query-keys';

/** The state of a relay changes without user action. */
const LOOK_AGAIN_MS = 15_000;
const PROVIDER_NAMES = { mailgun: 'Mailgun', postmark: 'Postmark', sendgrid: 'SendGrid' } as const;
const STATUS = { untried: 'pending', healthy: 'active', unhealthy: 'failed' } as const;

/** A vendor's SMTP relays and their state. */
export function RelaysScreen() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const relays = useRelays({ select: ({ items }) => items, refetchInterval: LOOK_AGAIN_MS });
  const columns = useColumns();
  return (
    <ListScreen
      title={t('relays.title')}
      lead={t('relays.lead')}
      actions={<Button onClick={open}>{t('relays.add')}</Button>}
      list={relays}
      height={220}
      empty={{ icon: IconServer2, title: t('relays.none'), text: t('relays.noneText') }}
      after={
        <>
          <VendorDomain />
          <FrequencyCap of="vendor" />
          <UnknownPolicy />
          <UnknownMessages />
          <EditRelay relay={null} opened={opened} onClose={close} />
        </>
      }
    >
      {(items, isWhole) => (
        <DataTable
          label={t('relays.title')}
          items={items}
          isWhole={isWhole}
          idOf={({ id }) => id}
          columns={columns}
          minWidth={860}
          actions={(relay) => <RelayActions relay={relay} />}
        />
      )}
    </ListScreen>
  );
}

function useColumns(): readonly Column<RelayView>[] {
  const { t } = useTranslation();
  const stateOf = ({ enabled, state }: RelayView): string => t(`relays.state.${enabled ? state : 'disabled'}`);
  return [
    {
      key: 'name',
      title: t('relays.server'),
      isHeading: true,
      orderBy: ({ name }) => name,
      maxWidth: 280,
      cell: ({ name, host, port, username }) => (
        <>
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {[`${host}:${port}`, username].filter((part) => part !== null).join(' · ')}
          </Text>
        </>
      ),
    },
    {
      key: 'priority',
      title: t('relays.priority'),
      orderBy: ({ priority }) => priority,
      cell: ({ priority }) => priority,
    },
    {
      key: 'state',
      title: t('relays.how'),
      orderBy: stateOf,
      maxWidth: 380,
      cell: (relay) => <RelayState relay={relay} words={stateOf(relay)} />,
    },
  ];
}

/**
 * State of a relay, with its start and reason, and of the provider that looks
 * up its messages.
 */
function RelayState({ relay, words }: { readonly relay: RelayView; readonly words: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const translateCode = useTranslateCode();
  const { enabled, state, stateSince, problem, nextCheckAt, lookUp } = relay;
  const provider = lookUp === null ? '' : PROVIDER_NAMES[lookUp.provider];
  return (
    <Stack gap={4} align="flex-start">
      <StatusBadge status={enabled ? STATUS[state] : 'stopped'} label={words} />
      <Text size="sm" c="dimmed">
        {t('relays.since', { since: format.moment(stateSince) })}
      </Text>
      {enabled && problem !== null && (
        <Text size="sm" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
          {problem} {t('relays.again', { at: format.moment(nextCheckAt) })}
        </Text>
      )}
      {lookUp !== null && (
        <Text size="sm" c={lookUp.problem === null ? 'dimmed' : 'var(--mantine-color-error)'}>
          {lookUp.problem === null
            ? t('relays.lookUp.at', { provider })
            : `${t('relays.lookUp.away', { provider })}: ${translateCode('problems', `look-up.${lookUp.problemCode ?? ''}`, lookUp.problem)}`}
        </Text>
      )}
    </Stack>
  );
}

function RelayActions({ relay }: { readonly relay: RelayView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const done = { onSuccess: () => invalidate(client, sendingKeys.relays) };
  const check = useMutation({ mutationFn: () => checkRelay(relay.id), ...done });
  const remove = useMutation({ mutationFn: () => deleteRelay(relay.id), ...done });
  return (
    <Stack gap="xs">
      <Group gap="xs" justify="flex-end">
        <Button size="xs" variant="default" loading={check.isPending} onClick={() => check.mutate()}>
          {t('relays.check')}
        </Button>
        <Button size="xs" variant="default" onClick={open} aria-label={t('relays.changeOf', { name: relay.name })}>
          {t('relays.change')}
        </Button>
        <Confirm
          label={t('relays.remove')}
          question={t('relays.removeAsk')}
          size="xs"
          onConfirm={() => remove.mutateAsync()}
        >
          {t('relays.removeText')}
        </Confirm>
      </Group>
      <ProblemNote error={check.error} />
      {opened && <EditRelay relay={relay} opened onClose={close} />}
    </Stack>
  );
}
