import { Anchor, Card, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ActivationDetail, ActivationView } from '#contracts';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { StatusBadge } from '../../shared/StatusBadge';
import { useActivation } from '../../shared/requests';

/** A partner's running activation: progress and next step. */
export function RunningCard({ activation }: { readonly activation: ActivationView }) {
  const detail = useActivation(activation.id, { refetchInterval: 15_000 });
  return (
    <Card withBorder padding="md">
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Anchor component={Link} to={`/activations/${activation.id}`} fw={600}>
            {activation.title}
          </Anchor>
          <StatusBadge status={activation.status} />
        </Group>
        <Loaded query={detail} height={44}>
          {(loaded) => <HowFar activation={loaded} />}
        </Loaded>
      </Stack>
    </Card>
  );
}

function HowFar({ activation: { contacts, completed, nextAt, steps } }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sent = steps.reduce((sum, step) => sum + step.sent, 0);
  return (
    <>
      <Progress value={contacts === 0 ? 0 : (completed / contacts) * 100} aria-label={t('home.progress')} />
      <Text size="sm" c="dimmed">
        {t('home.sent', { count: sent, sent: format.number(sent), contacts: format.number(contacts) })}
        {nextAt !== null && ` · ${t('home.nextAt', { at: format.moment(nextAt) })}`}
      </Text>
    </>
  );
}
