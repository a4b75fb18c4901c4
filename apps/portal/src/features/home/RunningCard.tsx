import { Anchor, Card, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ActivationDetail, ActivationView } from '#contracts';
import { emailsSent } from '../../shared/emails-sent';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { StatusBadge } from '../../shared/StatusBadge';
import { useReaderTitle } from '../../shared/reader-title';
import { useActivation } from '../../shared/requests';

/** A partner's running activation: progress and next step. */
export function RunningCard({ activation }: { readonly activation: ActivationView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const readerTitle = useReaderTitle();
  const detail = useActivation(activation.id, { refetchInterval: 15_000 });
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
        <Loaded query={detail} height={44}>
          {(loaded) => <HowFar activation={loaded} />}
        </Loaded>
      </Stack>
    </Card>
  );
}

function HowFar({ activation }: { readonly activation: ActivationDetail }) {
  const { contacts, nextAt } = activation;
  const { t } = useTranslation();
  const format = useFormat();
  const sent = emailsSent(activation);
  return (
    <>
      <Progress value={shareDone(activation) * 100} aria-label={t('home.progress')} />
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
function shareDone({ contacts, completed, names, steps }: ActivationDetail): number {
  const emails = names.filter(({ kind }) => kind === 'email').length;
  if (contacts === 0 || emails === 0) return 0;
  const decided = steps
    .filter(({ stepKey }) => names.some((name) => name.stepKey === stepKey && name.kind === 'email'))
    .reduce((sum, { sent, skipped, failed, unknown }) => sum + sent + skipped + failed + unknown, 0);
  return Math.min(1, Math.max(decided / (contacts * emails), completed / contacts));
}
