import { Button, Group, Paper, Progress, Skeleton, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconChartBar, IconDownload } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { VendorCampaignInsight, VendorInsight } from '#contracts';
import { get } from '../../shared/api';
import { Empty } from '../../shared/Empty';
import { useFormat } from '../../shared/format';
import { Loaded, Page } from '../../shared/Page';
import { Figures } from './Figures';
import { useWindow } from './window';
import { WindowPicker } from './WindowPicker';

const TimeChart = lazy(() => import('./TimeChart'));
const STAGES = ['invited', 'brandComplete', 'launched', 'firstLead', 'won'] as const;

/** What came of a vendor's campaigns: partners and sums, never a person. */
export function VendorResultsScreen() {
  const { t } = useTranslation();
  const { choose, query } = useWindow();
  const insight = useQuery({
    queryKey: ['vendor-insight', query],
    queryFn: get<VendorInsight>(`/vendor-insight?${query}`),
    placeholderData: keepPreviousData,
  });
  return (
    <Page
      title={t('results.title')}
      lead={t('results.vendorLead')}
      actions={
        <Group align="flex-end">
          <WindowPicker window={insight.data} onWindow={choose} />
          <Button
            component="a"
            href={`/api/v1/vendor-insight/numbers.csv?${query}`}
            download
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t('results.csv')}
          </Button>
        </Group>
      }
    >
      <Loaded query={insight} height={480}>
        {({ campaigns, numbers, smallestGroup, withheldWeeks }) =>
          campaigns.length === 0 ? (
            <Empty icon={IconChartBar} title={t('results.none')}>
              {t('results.vendorNone')}
            </Empty>
          ) : (
            <Stack gap="xl">
              <Figures numbers={numbers} rates={null} />
              {withheldWeeks > 0 && (
                <Text size="sm" c="dimmed">
                  {t('results.withheld', { count: withheldWeeks, smallestGroup })}
                </Text>
              )}
              {campaigns.map((campaign) => (
                <CampaignResults key={campaign.campaignId} campaign={campaign} />
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

function CampaignResults({
  campaign: { campaignId, title, funnel, weeks },
}: {
  readonly campaign: VendorCampaignInsight;
}) {
  const { t } = useTranslation();
  return (
    <Stack component="section" aria-labelledby={campaignId}>
      <Title order={2} id={campaignId}>
        {title}
      </Title>
      <Paper withBorder p="md">
        <Funnel funnel={funnel} />
      </Paper>
      {weeks.some(({ numbers }) => numbers !== null) && (
        <Suspense fallback={<Skeleton height={294} radius="lg" />}>
          <TimeChart
            points={weeks.map(({ startsOn, numbers }) => ({ on: startsOn, numbers }))}
            label={t('results.byWeek')}
          />
        </Suspense>
      )}
    </Stack>
  );
}

/** From invited to won; each bar is a share of those who were invited. */
function Funnel({ funnel }: Pick<VendorCampaignInsight, 'funnel'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {STAGES.map((stage) => {
        const count = funnel[stage];
        const share = count === null || funnel.invited === null || funnel.invited === 0 ? 0 : count / funnel.invited;
        return (
          <li key={stage}>
            <Group justify="space-between">
              <Text size="sm">{t(`results.stage.${stage}`)}</Text>
              <Text size="sm" fw={600}>
                {count === null ? t('results.tooFew') : format.number(count)}
              </Text>
            </Group>
            <Progress value={share * 100} size="lg" aria-hidden />
          </li>
        );
      })}
    </Stack>
  );
}
