import { Alert, Button, Group, Modal, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconServer2 } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Relays, RelayView, SaveRelay } from '#contracts';
import { call, get } from '../../shared/api';
import { Confirm } from '../../shared/Confirm';
import { Empty } from '../../shared/Empty';
import { useFormat } from '../../shared/format';
import { Loaded, Page } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { StatusBadge } from '../../shared/StatusBadge';
import { RelayForm } from './RelayForm';
import { UnknownPolicy } from './UnknownPolicy';

const KEY = ['relays'];
const PROVIDER_NAMES = { mailgun: 'Mailgun', postmark: 'Postmark', sendgrid: 'SendGrid' } as const;
const STATUS = { untried: 'pending', healthy: 'active', unhealthy: 'failed' } as const;

/** By which SMTP relays a vendor's mail goes, and how they do. */
export function RelaysScreen() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const relays = useQuery({
    queryKey: KEY,
    queryFn: get<z.output<typeof Relays>>('/relays'),
    refetchInterval: 15_000,
  });
  return (
    <Page title={t('relays.title')} lead={t('relays.lead')} actions={<Button onClick={open}>{t('relays.add')}</Button>}>
      <EditRelay relay={null} opened={opened} onClose={close} />
      <Loaded query={relays}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={IconServer2} title={t('relays.none')}>
              {t('relays.noneText')}
            </Empty>
          ) : (
            <Stack>
              {items.map((relay) => (
                <RelayCard key={relay.id} relay={relay} />
              ))}
            </Stack>
          )
        }
      </Loaded>
      <UnknownPolicy />
    </Page>
  );
}

interface EditRelayProps {
  readonly relay: RelayView | null;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function EditRelay({ relay, opened, onClose }: EditRelayProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: async (body: SaveRelay) => {
      const saved = await call<RelayView>(
        relay === null ? 'POST' : 'PUT',
        relay === null ? '/relays' : `/relays/${relay.id}`,
        { body },
      );
      // Whoever has just said where it is wants to know whether that is so.
      return saved.enabled ? call<RelayView>('POST', `/relays/${saved.id}/check`) : saved;
    },
    onSuccess: onClose,
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  const title = relay === null ? t('relays.add') : t('relays.changeOf', { name: relay.name });
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="lg" centered>
      <RelayForm relay={relay} pending={save.isPending} error={save.error} onSubmit={save.mutate} />
    </Modal>
  );
}

function RelayCard({ relay }: { readonly relay: RelayView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const done = { onSuccess: () => client.invalidateQueries({ queryKey: KEY }) };
  const check = useMutation({ mutationFn: () => call<RelayView>('POST', `/relays/${relay.id}/check`), ...done });
  const remove = useMutation({ mutationFn: () => call<undefined>('DELETE', `/relays/${relay.id}`), ...done });
  const { name, host, port, username, priority, enabled, state, stateSince, problem, nextCheckAt, lookUp } = relay;
  return (
    <Paper withBorder p="lg">
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <Stack gap={4} miw={0}>
            <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Title>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {[`${priority}.`, `${host}:${port}`, username].filter((part) => part !== null).join(' · ')}
            </Text>
            <Text size="sm" c="dimmed">
              {t('relays.since', { since: format.moment(stateSince) })}
            </Text>
            {lookUp !== null && (
              <Text size="sm" c="dimmed">
                {t('relays.lookUp.at', { provider: PROVIDER_NAMES[lookUp.provider] })}
              </Text>
            )}
          </Stack>
          <StatusBadge
            status={enabled ? STATUS[state] : 'stopped'}
            label={t(`relays.state.${enabled ? state : 'disabled'}`)}
          />
        </Group>
        {enabled && problem !== null && (
          <Alert color="red" title={problem} style={{ overflowWrap: 'anywhere' }}>
            {t('relays.again', { at: format.moment(nextCheckAt) })}
          </Alert>
        )}
        {lookUp !== null && lookUp.problem !== null && (
          <Alert color="yellow" title={t('relays.lookUp.away', { provider: PROVIDER_NAMES[lookUp.provider] })}>
            {lookUp.problem}
          </Alert>
        )}
        <ProblemNote error={check.error} />
        <Group>
          <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
            {t('relays.check')}
          </Button>
          <Button variant="default" onClick={open} aria-label={t('relays.changeOf', { name })}>
            {t('relays.change')}
          </Button>
          <Confirm
            label={t('relays.remove')}
            question={t('relays.removeAsk')}
            pending={remove.isPending}
            error={remove.error}
            onConfirm={() => remove.mutateAsync()}
          >
            {t('relays.removeText')}
          </Confirm>
        </Group>
      </Stack>
      {opened && <EditRelay relay={relay} opened onClose={close} />}
    </Paper>
  );
}
