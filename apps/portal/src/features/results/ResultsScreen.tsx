import { Anchor, Group, Skeleton, Stack, Table, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconChartBar } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PartnerInsight } from '#contracts';
import { get } from '../../shared/api';
import { Empty } from '../../shared/Empty';
import { useFormat } from '../../shared/format';
import { Loaded, Page } from '../../shared/Page';
import { Bounces } from './Bounces';
import { CsvLink } from './CsvLink';
import { Figures } from './Figures';
import { useWindow } from './window';
import { WindowPicker } from './WindowPicker';

const TimeChart = lazy(() => import('./TimeChart'));

/** What came of a partner's campaigns. */
export function ResultsScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const { choose, query } = useWindow();
  const insight = useQuery({
    queryKey: ['insight', query],
    queryFn: get<PartnerInsight>(`/insight?${query}`),
    placeholderData: keepPreviousData,
  });
  return (
    <Page
      title={t('results.title')}
      lead={t('results.lead')}
      actions={
        <Group align="flex-end">
          <WindowPicker window={insight.data} onWindow={choose} />
          <CsvLink path={`/insight/numbers.csv?${query}`} label={t('results.csv')} />
        </Group>
      }
    >
      <Loaded query={insight} height={480}>
        {({ numbers, rates, days, campaigns }) =>
          campaigns.length === 0 ? (
            <Empty icon={IconChartBar} title={t('results.none')}>
              {t('results.noneText')}
            </Empty>
          ) : (
            <Stack gap="xl">
              <Figures numbers={numbers} rates={rates} />
              <Suspense fallback={<Skeleton height={294} radius="lg" />}>
                <TimeChart points={days} label={t('results.byDay')} />
              </Suspense>
              <Bounces numbers={numbers} />
              <Stack component="section" aria-labelledby="campaigns">
                <Title order={2} id="campaigns">
                  {t('results.byCampaign')}
                </Title>
                <Table.ScrollContainer minWidth={640}>
                  <Table verticalSpacing="sm">
                    <Table.Thead>
                      <Table.Tr>
                        <Table.Th>{t('results.campaign')}</Table.Th>
                        {COLUMNS.map((name) => (
                          <Table.Th key={name} ta="right">
                            {t(`results.${name}`)}
                          </Table.Th>
                        ))}
                      </Table.Tr>
                    </Table.Thead>
                    <Table.Tbody>
                      {campaigns.map((campaign) => (
                        <Table.Tr key={campaign.campaignId}>
                          <Table.Td>
                            <Anchor component={Link} to={`/results/${campaign.campaignId}`} size="sm" fw={600}>
                              {campaign.title}
                            </Anchor>
                          </Table.Td>
                          {COLUMNS.map((name) => (
                            <Table.Td key={name} ta="right">
                              {format.number(campaign.numbers[name])}
                            </Table.Td>
                          ))}
                        </Table.Tr>
                      ))}
                    </Table.Tbody>
                  </Table>
                </Table.ScrollContainer>
              </Stack>
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

const COLUMNS = ['sent', 'delivered', 'clicks', 'leads', 'won'] as const;
