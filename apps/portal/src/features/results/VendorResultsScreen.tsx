import { Group, Paper, Progress, Skeleton, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconChartBar } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { VendorCampaignInsight, VendorInsight, VendorUse } from '#contracts';
import { get } from '../../shared/api';
import { Empty } from '../../shared/Empty';
import { useFirstOf } from '../../shared/first-of';
import { useFormat } from '../../shared/format';
import { More } from '../../shared/More';
import { Loaded, Page } from '../../shared/Page';
import { Bounces } from './Bounces';
import { CampaignUse } from './CampaignUse';
import { CsvLink } from './CsvLink';
import { Figures } from './Figures';
import { WeekTable } from './WeekTable';
import { useWindow } from './window';
import { WindowPicker } from './WindowPicker';

const TimeChart = lazy(() => import('./TimeChart'));
/** Each is drawn as a chart of its own. */
const AT_ONCE = 5;
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
  const use = useQuery({ queryKey: ['vendor-use'], queryFn: get<VendorUse>('/vendor-insight/use') });
  return (
    <Page
      title={t('results.title')}
      lead={t('results.vendorLead')}
      actions={
        <Group align="flex-end">
          <WindowPicker window={insight.data} onWindow={choose} />
          <CsvLink path={`/vendor-insight/numbers.csv?${query}`} label={t('results.csv')} />
          <CsvLink path="/vendor-insight/use.csv" label={t('use.csv')} />
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
              <Bounces numbers={numbers} />
              {withheldWeeks > 0 && (
                <Text size="sm" c="dimmed">
                  {t('results.withheld', { count: withheldWeeks, smallestGroup })}
                </Text>
              )}
              <Campaigns campaigns={campaigns} use={use.data} smallestGroup={smallestGroup} />
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

interface UseOf {
  /** Undefined while it is on its way. */
  readonly use: VendorUse | undefined;
  readonly smallestGroup: number;
}

/** A funnel and a chart each. */
function Campaigns({ campaigns, ...use }: UseOf & Pick<VendorInsight, 'campaigns'>) {
  const { shown, list } = useFirstOf(campaigns, AT_ONCE);
  return (
    <>
      {shown.map((campaign) => (
        <CampaignResults key={campaign.campaignId} campaign={campaign} {...use} />
      ))}
      <More list={list} />
    </>
  );
}

function CampaignResults({
  campaign: { campaignId, title, funnel, weeks },
  use,
  smallestGroup,
}: UseOf & { readonly campaign: VendorCampaignInsight }) {
  const { t } = useTranslation();
  const used = use?.campaigns.find((one) => one.campaignId === campaignId);
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
      {weeks.length > 0 && <WeekTable weeks={weeks} />}
      {use !== undefined && used !== undefined && (
        <CampaignUse use={used} asOf={use.asOf} smallestGroup={smallestGroup} />
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
