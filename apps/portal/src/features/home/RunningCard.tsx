import { Anchor, Card, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ActivationView, RunningProgress } from '#contracts';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { StatusBadge } from '../../shared/StatusBadge';
import { useReaderTitle } from '../../shared/reader-title';
import { useRunningProgress } from './api';

interface RunningCardProps {
  readonly activation: ActivationView;
  /** How many cards there are. */
  readonly shown: number;
}

/** A partner's running activation: progress and next step. */
export function RunningCard({ activation, shown }: RunningCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const readerTitle = useReaderTitle();
  const progress = useRunningProgress(shown);
  return (
    <Card withBorder padding="md">
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Anchor component={Link} to={`/activations/${activation.id}`} fw={600}>
            {readerTitle(activation)}
          </Anchor>
          <StatusBadge status={activation.status} />
        </Group>
        <Text size="sm" fw={500}>
          {activation.vendorName}
        </Text>
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t('home.listAndStart', {
            list: activation.listName || t('activations.open'),
            at: format.moment(activation.startAt),
          })}
        </Text>
        {activation.newerVersion !== null && (
          <Anchor component={Link} to={`/activations/${activation.id}`} size="sm">
            {t('home.newerVersion', { number: activation.newerVersion })}
          </Anchor>
        )}
        <Loaded query={progress} height={44}>
          {({ items }) => <HowFar progress={items.find(({ activationId }) => activationId === activation.id)} />}
        </Loaded>
      </Stack>
    </Card>
  );
}

type Progressed = RunningProgress['items'][number];

/** @param props.progress undefined: it has ended since the list was read. */
function HowFar({ progress }: { readonly progress: Progressed | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (progress === undefined) return null;
  const { contacts, sent, nextAt } = progress;
  return (
    <>
      <Progress value={shareDone(progress) * 100} aria-label={t('home.progress')} />
      <Text size="sm" c="dimmed">
        {t('home.sent', { count: sent, sent: format.number(sent), contacts: format.number(contacts) })}
        {nextAt !== null && ` · ${t('home.nextAt', { at: format.moment(nextAt) })}`}
      </Text>
    </>
  );
}

/**
 * The share of e-mails that are decided: sent, or left out for a reason.
 * Contacts that have finished early count as done.
 */
function shareDone({ contacts, completed, emails, decided }: Progressed): number {
  if (contacts === 0 || emails === 0) return 0;
  return Math.min(1, Math.max(decided / (contacts * emails), completed / contacts));
}
