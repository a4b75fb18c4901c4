import type { PartnerInsight } from '#contracts';
import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { IconChartBar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Column, DataTable } from '../../shared/DataTable';
import { Empty } from '../../shared/Empty';
import { useFormat } from '../../shared/format';
import { dealsBehind } from '../../shared/leads/deals-behind';
import { orderByAmount, useAmountText } from '../../shared/money';
import { Loaded, Page } from '../../shared/Page';
import { SavedViewsMenu } from '../../shared/SavedViewsMenu';
import { Attribution } from './Attribution';
import { Bounces } from './Bounces';
import { beginsWithFirst } from './chart-points';
import { FigureLink } from './FigureLink';
import { FirstResults } from './FirstResults';
import { MoneyFigures } from './MoneyFigures';
import { moneyState } from './money-state';
import { Returns } from './Returns';
import { CsvLink } from '../../shared/CsvLink';
import { NUMBERS_MS } from '../../shared/number-age';
import { useReaderTitle } from '../../shared/reader-title';
import { ResultFigures } from '../../shared/ResultFigures';
import { PeriodPicker } from './PeriodPicker';
import { numberColumn } from './number-column';
import { type DateWindow, useWindow } from './window';
import { WindowPicker } from './WindowPicker';
import { useMarks } from '../../shared/marks/use-marks';
import { useInsight } from './api';
import { ResultsOverTime } from './ResultsOverTime';

/** A partner's results across its campaigns. */
export function ResultsScreen() {
  const { t } = useTranslation();
  const { choose, choosePeriod, period, query } = useWindow();
  const insight = useInsight(query, { placeholderData: keepPreviousData, refetchInterval: NUMBERS_MS });
  const marks = useMarks('insight', insight.data === undefined ? null : insight.data);
  return (
    <Page
      title={t('results.title')}
      lead={t('results.lead')}
      actions={
        <Group align="flex-end">
          <PeriodPicker period={period} onPeriod={choosePeriod} />
          <WindowPicker window={insight.data} onWindow={choose} />
          <SavedViewsMenu screen="/results" />
          <CsvLink path={`/insight/numbers.csv?${query}`} label={t('results.csv')} />
        </Group>
      }
    >
      <Loaded query={insight} height={480}>
        {({ numbers, clicked, rates, interval, days, money, campaigns, from, to }) =>
          campaigns.length === 0 ? (
            <Stack gap="xl">
              {money.wonDeals + money.openDeals + money.lostDeals > 0 && (
                <MoneyFigures money={money} window={{ from, to }} />
              )}
              <Returns query={query} />
              <Empty icon={IconChartBar} title={t('results.none')}>
                {t('results.noneText')}
              </Empty>
            </Stack>
          ) : (
            <Stack gap="xl">
              <MoneyFigures money={money} window={{ from, to }} />
              <Returns query={query} />
              <Attribution query={query} state={insight.isPlaceholderData ? null : moneyState(insight.data)} />
              <Stack gap="xs">
                <ResultFigures numbers={numbers} clicked={clicked} rates={rates} amounts={null} />
                {campaigns.length > 1 && rates !== null && (
                  <Text size="sm" c="dimmed">
                    {t('results.sharesOfAll')}
                  </Text>
                )}
              </Stack>
              <ResultsOverTime
                courses={[{ key: 'all', name: t('variants.all'), points: days }]}
                interval={interval}
                isFromFirst={beginsWithFirst(period, insight, marks)}
                marks={marks.data?.items ?? []}
                leftOut={marks.data?.leftOut ?? 0}
                named
              />
              <Bounces numbers={numbers} />
              <CampaignTable campaigns={campaigns} query={query} window={{ from, to }} />
              <FirstResults />
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

type CampaignResult = PartnerInsight['campaigns'][number];

interface CampaignTableProps extends Pick<PartnerInsight, 'campaigns'> {
  /** The chosen period. */
  readonly query: string;
  /** Its days. */
  readonly window: DateWindow;
}

/** Numbers of each campaign. */
function CampaignTable(props: CampaignTableProps) {
  const { t } = useTranslation();
  const { campaigns } = props;
  const columns = useCampaignColumns(props);
  return (
    <Stack component="section" aria-labelledby="campaigns">
      <Title order={2} id="campaigns">
        {t('results.byCampaign')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('results.clickedOnce')}
      </Text>
      <DataTable
        label={t('results.byCampaign')}
        items={campaigns}
        isWhole
        orderName="sort"
        idOf={({ campaignId }) => campaignId}
        minWidth={640}
        columns={columns}
      />
    </Stack>
  );
}

function useCampaignColumns({ campaigns, query, window }: CampaignTableProps): readonly Column<CampaignResult>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const amountText = useAmountText();
  const readerTitle = useReaderTitle();
  return [
    {
      key: 'campaign',
      title: t('results.campaign'),
      isHeading: true,
      orderBy: readerTitle,
      cell: (campaign) => (
        <Anchor component={Link} to={{ pathname: `/results/${campaign.campaignId}`, search: query }} size="sm" fw={600}>
          {readerTitle(campaign)}
        </Anchor>
      ),
    },
    ...MONEY.map((state): Column<CampaignResult> => ({
      key: `money-${state}`,
      title: t(`money.column.${state}`),
      align: 'end',
      ...orderByAmount(campaigns, ({ money }) => money[state]),
      cell: ({ campaignId, money }) => (
        <FigureLink
          amounts={amountText(money[state])}
          to={dealsBehind({ state, from: window.from, to: window.to, campaignId })}
        />
      ),
    })),
    ...COLUMNS.map((name) =>
      numberColumn<CampaignResult>(
        name,
        t(`results.${name}`),
        ({ numbers, clicked }) => ({ ...numbers, clicked })[name],
        format.number,
      ),
    ),
  ];
}

const MONEY = ['won', 'open', 'lost'] as const;
const COLUMNS = ['leads', 'won', 'clicked', 'sent', 'delivered', 'clicks'] as const;
