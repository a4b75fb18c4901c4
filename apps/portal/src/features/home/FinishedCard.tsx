import { Anchor, Card, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ActivationView } from '#contracts';
import { useFormat } from '../../shared/format';
import { LazyOnView } from '../../shared/LazyOnView';
import { useNewestDealChange } from '../../shared/leads/newest-deal-change';
import { useAmountText } from '../../shared/money';
import { FOLLOWS_MARK } from '../../shared/number-age';
import { Loaded } from '../../shared/Page';
import { useReadAgain } from '../../shared/read-again';
import { useActivationInsight } from '../../shared/requests';
import { useReaderTitle } from '../../shared/reader-title';
import { useWaitingLeads } from './api';

/** A finished activation and what it brought. */
export function FinishedCard({ activation }: { readonly activation: ActivationView }) {
  const { id, listName, endedAt, vendorName } = activation;
  const readerTitle = useReaderTitle();
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card withBorder padding="md">
      <Stack gap="xs">
        <Anchor component={Link} to={`/activations/${id}`} fw={600}>
          {readerTitle(activation)}
        </Anchor>
        <Text size="sm" fw={500}>
          {vendorName}
        </Text>
        {endedAt !== null && (
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t('home.finishedAt', { list: listName || t('activations.open'), at: format.moment(endedAt) })}
          </Text>
        )}
        <LazyOnView height={HEIGHT}>
          <Brought activationId={id} />
        </LazyOnView>
      </Stack>
    </Card>
  );
}

const HEIGHT = 44;

function Brought({ activationId }: { readonly activationId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const amountText = useAmountText();
  const insight = useActivationInsight(activationId, FOLLOWS_MARK);
  const newestDeal = useNewestDealChange();
  const { data: waiting } = useWaitingLeads();
  // Each card counts the clicks of the partner: three of them cost as much as the results.
  const mark = newestDeal === undefined || waiting === undefined ? undefined : JSON.stringify([newestDeal, waiting]);
  useReadAgain(mark, insight.refetch);
  return (
    <Loaded query={insight} height={HEIGHT}>
      {({ numbers: { sent, clicks, leads, won }, amounts }) => (
        <Stack gap="xs">
          <Text size="sm">
            {t('home.brought', {
              sent: format.number(sent),
              clicks: format.number(clicks),
              leads: format.number(leads),
              won: format.number(won),
            })}
          </Text>
          {amounts.length > 0 && <Text fw={600}>{amountText(amounts)}</Text>}
        </Stack>
      )}
    </Loaded>
  );
}
