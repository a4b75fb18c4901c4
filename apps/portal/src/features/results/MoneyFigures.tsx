import { Anchor, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DealSums } from '#contracts';
import { dealsBehind } from '../../shared/leads/deals-behind';
import { useAmountText } from '../../shared/money';
import { FigureLink } from './FigureLink';
import type { DateWindow } from './window';

const STATES = ['won', 'open', 'lost'] as const;

interface MoneyFiguresProps {
  readonly money: DealSums;
  /** Days of the figures, both included. */
  readonly window: DateWindow;
  /** Whose deals these are; absent: all. */
  readonly campaignId?: string;
}

/** What deals brought in the period, what is open now, and what was lost. */
export function MoneyFigures({ money, window: { from, to }, campaignId }: MoneyFiguresProps) {
  const { t } = useTranslation();
  const amountText = useAmountText();
  const counts = { won: money.wonDeals, open: money.openDeals, lost: money.lostDeals };
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, sm: 3 }} component="dl" m={0}>
        {STATES.map((state) => (
          <Paper key={state} withBorder p="md">
            <Text component="dt" size="sm" c="dimmed">
              {t(`money.${state}`)}
            </Text>
            <Text component="dd" m={0} fz={26} fw={650} lh={1.3}>
              <FigureLink
                amounts={amountText(money[state])}
                to={dealsBehind({ state, from, to, ...(campaignId === undefined ? {} : { campaignId }) })}
              />
            </Text>
            <Text component="dd" m={0} size="xs" c="dimmed">
              {t('money.deals', { count: counts[state] })}
            </Text>
          </Paper>
        ))}
      </SimpleGrid>
      <Anchor component={Link} to={campaignId === undefined ? '/deals' : `/deals?campaignId=${campaignId}`} size="sm">
        {t(campaignId === undefined ? 'money.toDeals' : 'money.toCampaignDeals')}
      </Anchor>
    </Stack>
  );
}
