import { Stack, Text, Timeline, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DealHistory, DealView } from '#contracts';
import { useFormat } from '../../shared/format';
import { formatMoney } from '../../shared/money';
import { Loaded } from '../../shared/Page';
import { useUserLocale } from '../../shared/user-locale';
import { useDealHistory } from './api';

/** What was changed of a deal, and who could see it, oldest first. */
export function DealTimeline({ deal }: { readonly deal: Pick<DealView, 'id' | 'updatedAt'> }) {
  const { t } = useTranslation();
  const history = useDealHistory(deal.id, deal.updatedAt);
  return (
    <Stack gap="xs">
      <Title order={3} size="h4">
        {t('deals.history')}
      </Title>
      <Loaded query={history} height={120}>
        {(shown) => (
          <Timeline bulletSize={16} lineWidth={2}>
            {inOrder(shown).map((entry) =>
              'shareId' in entry ? (
                <ShareEntry key={`${entry.shareId} ${entry.kind}`} entry={entry} />
              ) : (
                <ChangeEntry key={entry.id} entry={entry} />
              ),
            )}
          </Timeline>
        )}
      </Loaded>
    </Stack>
  );
}

type Change = DealHistory['items'][number];
type Share = DealHistory['shares'][number];

const inOrder = ({ items, shares }: DealHistory): (Change | Share)[] =>
  [...items, ...shares].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));

function ChangeEntry({ entry }: { readonly entry: Change }) {
  const { t } = useTranslation();
  const format = useFormat();
  const locale = useUserLocale();
  const { kind, stage, amount, refundedMinor, expectedOn, closedOn } = entry;
  return (
    <Timeline.Item title={kind === 'stage' ? t(`deals.stages.${stage}`) : t(`deals.event.${kind}`)}>
      {amount !== null && (
        <Text size="sm">
          {formatMoney(locale, kind === 'refund' ? { ...amount, minorUnits: refundedMinor } : amount)}
        </Text>
      )}
      {closedOn !== null && <Text size="sm">{t('deals.closed', { day: format.day(closedOn) })}</Text>}
      {closedOn === null && expectedOn !== null && (
        <Text size="sm">{t('deals.expected', { day: format.day(expectedOn) })}</Text>
      )}
      <By entry={entry} />
    </Timeline.Item>
  );
}

function ShareEntry({ entry }: { readonly entry: Share }) {
  const { t } = useTranslation();
  const { kind, role, participantName } = entry;
  return (
    <Timeline.Item title={t(`deals.shareEvent.${kind}`)}>
      <Text size="sm">
        {role === null
          ? t('dealShares.vendor')
          : t('dealShares.as', {
              who: participantName ?? t('deals.invitedPartner'),
              role: t(`dealShares.roles.${role}`),
            })}
      </Text>
      <By entry={entry} />
    </Timeline.Item>
  );
}

function By({ entry: { at, by } }: { readonly entry: Change | Share }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Text size="xs" c="dimmed">
      {t('leadHistory.by', { at: format.fullMoment(at), by })}
    </Text>
  );
}
