import { Anchor, Button, Group, Paper, Progress, Skeleton, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useIsFetching } from '@tanstack/react-query';
import { IconChartBar } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { VendorCampaignInsight, VendorInsight, VendorUse } from '#contracts';
import { CsvMenu } from '../../shared/CsvMenu';
import { Empty } from '../../shared/Empty';
import { useFormat } from '../../shared/format';
import { useIncrementalList } from '../../shared/incremental-list';
import { LoadMore } from '../../shared/LoadMore';
import { useIsPhone } from '../../shared/is-phone';
import { Loaded, Page } from '../../shared/Page';
import { queryKeys } from '../../shared/query-keys';
import { useReaderTitle } from '../../shared/reader-title';
import { SavedViewsMenu } from '../../shared/SavedViewsMenu';
import { CampaignSums } from './CampaignSums';
import { CampaignUse } from './CampaignUse';
import { MOST_ON_A_PHONE } from './chart-points';
import { FirstResultBands } from './FirstResults';
import { DealSums } from './DealSums';
import { PeriodPicker } from './PeriodPicker';
import { PartnerTotals } from './PartnerTotals';
import { ReleasedFigures } from './ReleasedFigures';
import { FourWeeksTable, ReleasedPartsTable, WeekTable } from './ReleasedTables';
import { VendorReturns } from './VendorReturns';
import { type DateWindow, useWindow, withCampaign } from './window';
import { WindowPicker } from './WindowPicker';
import { marksOfWeeks } from '../../shared/marks/chart-marks';
import { MarkList } from '../../shared/marks/MarkList';
import { useMarks } from '../../shared/marks/use-marks';
import { usePrefetchedVendorResults, useVendorInsight, useVendorInsightUse } from './api';

const ReleasedChart = lazy(() => import('./ReleasedChart'));

/** Each campaign renders a chart. */
const AT_ONCE = 3;
const STAGES = ['offered', 'brandComplete', 'launched'] as const;

/** A vendor's results: partners and totals, never a contact. */
export function VendorResultsScreen() {
  const { t } = useTranslation();
  const { campaignId, choose, choosePeriod, period, query } = useWindow('12-weeks');
  const [asked, campaign] = [withCampaign(query, campaignId), withCampaign('', campaignId)];
  const insight = useVendorInsight(query, { placeholderData: keepPreviousData });
  // 300 KB of 200 campaigns, for what is far below: after the sums.
  const areSumsRead =
    useIsFetching({ queryKey: queryKeys.returns, predicate: ({ state }) => state.data === undefined }) === 0;
  const use = useVendorInsightUse({ enabled: insight.data !== undefined && areSumsRead });
  return (
    <Page
      title={t('results.title')}
      lead={t('results.vendorLead')}
      actions={
        <Group align="flex-end">
          <PeriodPicker period={period} onPeriod={choosePeriod} />
          <WindowPicker window={insight.data?.asked} onWindow={choose} />
          <SavedViewsMenu screen="/campaign-results" />
          <CsvMenu
            label={t('results.csv')}
            tables={[
              { path: `/vendor-insight/numbers.csv?${asked}`, label: t('results.numbersCsv') },
              { path: `/vendor-insight/variants.csv?${asked}`, label: t('variants.csv') },
              { path: `/vendor-insight/funnel.csv?${campaign}`, label: t('variants.funnelCsv') },
              { path: `/vendor-insight/use.csv?${campaign}`, label: t('use.csv') },
            ]}
          />
          <Button component={Link} to="/costs" variant="default">
            {t('returns.toCosts')}
          </Button>
        </Group>
      }
    >
      {campaignId === null && <PrefetchedParts />}
      <Loaded query={insight} height={480}>
        {(data) =>
          data.campaigns.length === 0 ? (
            <Empty icon={IconChartBar} title={t('results.none')}>
              {t('results.vendorNone')}
            </Empty>
          ) : (
            <Stack gap="xl">
              <ShownDays insight={data} />
              {campaignId === null ? (
                <>
                  <Totals insight={data} />
                  <CampaignSums campaigns={data.campaigns} query={query} />
                  <PartnerTotals campaigns={data.campaigns} {...data.asked} />
                  <VendorReturns />
                  <FirstResultBands />
                  <DealSums />
                </>
              ) : (
                <Anchor component={Link} to={`/campaign-results?${query}`} size="sm">
                  {t('results.allCampaigns')}
                </Anchor>
              )}
              <Campaigns
                campaigns={data.campaigns.filter((one) => campaignId === null || one.campaignId === campaignId)}
                use={use.data}
                window={data}
                smallestGroup={data.smallestGroup}
              />
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

/** Shows nothing. One campaign alone comes without these parts. */
function PrefetchedParts() {
  usePrefetchedVendorResults();
  return null;
}

/** Which days the numbers are of: not the newest ones, though the period is up to today. */
function ShownDays({ insight: { shownWeeks, shownFourWeeks } }: { readonly insight: VendorInsight }) {
  const { t } = useTranslation();
  const format = useFormat();
  const inWords = ({ from, to }: DateWindow) => ({ from: format.day(from), to: format.day(to) });
  return (
    <Text size="sm" maw={760}>
      {shownWeeks === null ? t('released.noWeeks') : t('released.weeks', inWords(shownWeeks))}{' '}
      {shownFourWeeks === null ? t('released.noResponses') : t('released.responses', inWords(shownFourWeeks))}{' '}
      {t('released.why')}
    </Text>
  );
}

/** All campaigns together, and how to read the numbers. */
function Totals({ insight }: { readonly insight: VendorInsight }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { numbers, nextWeekOn, nextFourWeeksOn, countedWeeks, countedFourWeeks, partnersNeeded, memberDays } = insight;
  const next = { week: format.day(nextWeekOn), fourWeeks: format.day(nextFourWeeksOn) };
  if (numbers.sent === null && numbers.clicked === null)
    return (
      <Empty icon={IconChartBar} title={t('results.none')}>
        {t('released.none', { count: partnersNeeded, days: memberDays, ...next })}
      </Empty>
    );
  return (
    <Stack gap="sm">
      <ReleasedFigures numbers={numbers} />
      <Text size="sm" c="dimmed">
        {t('released.next', next)}
      </Text>
      <Text size="sm" c="dimmed">
        {t('released.help', { weeks: countedWeeks, fourWeeks: countedFourWeeks })}
      </Text>
    </Stack>
  );
}

interface UseOf {
  /** Undefined while loading. */
  readonly use: VendorUse | undefined;
  readonly smallestGroup: number;
  /** Of the charts. */
  readonly window: DateWindow;
}

/** A funnel, a chart and tables per campaign. */
function Campaigns({ campaigns, ...use }: UseOf & Pick<VendorInsight, 'campaigns'>) {
  const { shown, list } = useIncrementalList(campaigns, AT_ONCE);
  return (
    <>
      {shown.map((campaign) => (
        <CampaignResults key={campaign.campaignId} campaign={campaign} {...use} />
      ))}
      <LoadMore list={list} />
    </>
  );
}

function CampaignResults({
  campaign,
  use,
  smallestGroup,
  window: { from, to },
}: UseOf & { readonly campaign: VendorCampaignInsight }) {
  const { campaignId, names, funnel, weeks, fourWeeks, parts } = campaign;
  const { t } = useTranslation();
  const readerTitle = useReaderTitle();
  // Released sums have margins, and too small ones no value: they cannot be added up to months.
  const charted = useIsPhone() ? weeks.slice(-MOST_ON_A_PHONE) : weeks;
  // Of its own, so that the many events of one campaign leave out none of another.
  const marks = useMarks('vendor-insight', { from, to, campaignId });
  const { groups, outside } = marksOfWeeks(
    charted.map(({ startsOn }) => startsOn),
    marks.data?.items ?? [],
  );
  const used = use?.campaigns.find((one) => one.campaignId === campaignId);
  return (
    <Stack component="section" aria-labelledby={campaignId}>
      <Title order={2} id={campaignId}>
        {readerTitle(campaign)}
      </Title>
      <Paper withBorder p="md">
        <Funnel funnel={funnel} />
      </Paper>
      {weeks.length > 0 && (
        <>
          <Suspense fallback={<Skeleton height={294} radius="lg" />}>
            <ReleasedChart weeks={charted} marks={groups} />
          </Suspense>
          {charted.length < weeks.length && (
            <Text size="sm" c="dimmed">
              {t('released.newestWeeks', { shown: charted.length, all: weeks.length })}
            </Text>
          )}
          <MarkList
            groups={groups}
            outside={outside}
            leftOut={marks.data?.leftOut ?? 0}
            named={false}
            linkTo={(id) => `/campaigns/${id}`}
          />
          <WeekTable weeks={weeks} />
        </>
      )}
      {fourWeeks.length > 0 && <FourWeeksTable fourWeeks={fourWeeks} />}
      {parts.length > 0 && <ReleasedPartsTable parts={parts} names={names} />}
      {use !== undefined && used !== undefined && (
        <CampaignUse use={used} asOf={use.asOf} smallestGroup={smallestGroup} />
      )}
    </Stack>
  );
}

/**
 * From offered to launched.
 * Each bar is a share of the partners that can launch it.
 */
function Funnel({ funnel }: Pick<VendorCampaignInsight, 'funnel'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {STAGES.map((stage) => {
        const count = funnel[stage];
        const share = funnel.offered === 0 ? 0 : count / funnel.offered;
        return (
          <li key={stage}>
            <Group justify="space-between">
              <Text size="sm">{t(`results.stage.${stage}`)}</Text>
              <Text size="sm" fw={600}>
                {format.number(count)}
              </Text>
            </Group>
            <Progress value={share * 100} size="lg" aria-hidden />
          </li>
        );
      })}
    </Stack>
  );
}
