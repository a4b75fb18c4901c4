import type { DealSums, PartnerInsight } from '#contracts';
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
import { useFreshNumbers } from '../../shared/number-age';
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
  const insight = useInsight(query, { placeholderData: keepPreviousData, ...useFreshNumbers() });
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
        {({ numbers, clicked, rates, interval, days, money, campaigns, withoutCampaign, from, to }) =>
          campaigns.length === 0 ? (
            <Stack gap="xl">
              {dealsIn(money) > 0 && <MoneyFigures money={money} window={{ from, to }} />}
              <Returns query={query} />
              {money.wonDeals > 0 && (
                <Attribution query={query} state={insight.isPlaceholderData ? null : moneyState(insight.data)} />
              )}
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
                {withoutCampaign.wonDeals > 0 && (
                  <Text size="sm" c="dimmed">
                    {t('results.wonWithout', { count: withoutCampaign.wonDeals })}
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
              <CampaignTable
                all={{ numbers, clicked, money, campaigns, withoutCampaign }}
                query={query}
                window={{ from, to }}
              />
              <FirstResults />
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

const dealsIn = (money: DealSums): number => money.wonDeals + money.openDeals + money.lostDeals;

/** A campaign, all deals without one, or the total. */
interface Row {
  readonly key: string;
  readonly name: string;
  /** Null: of no single one. */
  readonly campaignId: string | null;
  /** Whose deals: null those of no campaign, undefined all. */
  readonly dealsOf: string | null | undefined;
  readonly money: DealSums;
  /** Null: nothing that is counted by campaign alone. */
  readonly numbers: Readonly<Record<(typeof COLUMNS)[number], number>> | null;
}

interface CampaignTableProps {
  readonly all: Pick<PartnerInsight, 'numbers' | 'clicked' | 'money' | 'campaigns' | 'withoutCampaign'>;
  /** The chosen period. */
  readonly query: string;
  /** Its days. */
  readonly window: DateWindow;
}

/** Numbers of each campaign, and of all. */
function CampaignTable({ all, query, window }: CampaignTableProps) {
  const { t } = useTranslation();
  const readerTitle = useReaderTitle();
  const rows = all.campaigns.map((campaign): Row => {
    const { campaignId, money, numbers, clicked } = campaign;
    const name = readerTitle(campaign);
    return { key: campaignId, name, campaignId, dealsOf: campaignId, money, numbers: { ...numbers, clicked } };
  });
  const last: Row[] = [];
  if (dealsIn(all.withoutCampaign) > 0)
    last.push({
      key: 'none',
      name: t('results.noCampaign'),
      campaignId: null,
      dealsOf: null,
      money: all.withoutCampaign,
      numbers: null,
    });
  last.push({
    key: 'all',
    name: t('results.total'),
    campaignId: null,
    dealsOf: undefined,
    money: all.money,
    numbers: { ...all.numbers, clicked: all.clicked },
  });
  const columns = useCampaignColumns(rows, { query, window });
  return (
    <Stack component="section" aria-labelledby="campaigns">
      <Title order={2} id="campaigns">
        {t('results.byCampaign')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('results.clickedOnce')} {t('results.addsUp')}
      </Text>
      <DataTable
        label={t('results.byCampaign')}
        items={rows}
        last={last}
        isWhole
        orderName="sort"
        idOf={({ key }) => key}
        minWidth={640}
        columns={columns}
      />
    </Stack>
  );
}

function useCampaignColumns(
  rows: readonly Row[],
  { query, window }: Pick<CampaignTableProps, 'query' | 'window'>,
): readonly Column<Row>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const amountText = useAmountText();
  return [
    {
      key: 'campaign',
      title: t('results.campaign'),
      isHeading: true,
      orderBy: ({ name }) => name,
      cell: ({ key, name, campaignId }) =>
        campaignId === null ? (
          <Text size="sm" fw={key === 'all' ? 700 : 600}>
            {name}
          </Text>
        ) : (
          <Anchor component={Link} to={{ pathname: `/results/${campaignId}`, search: query }} size="sm" fw={600}>
            {name}
          </Anchor>
        ),
    },
    ...MONEY.map((state): Column<Row> => ({
      key: `money-${state}`,
      title: t(`money.column.${state}`),
      align: 'end',
      ...orderByAmount(rows, ({ money }) => money[state]),
      cell: ({ dealsOf, money }) => (
        <FigureLink
          amounts={amountText(money[state])}
          to={dealsBehind({ state, from: window.from, to: window.to, campaignId: dealsOf })}
        />
      ),
    })),
    ...COLUMNS.map((name) =>
      numberColumn<Row>(
        name,
        t(`results.${name}`),
        // All won deals, also those without campaign.
        ({ numbers, money }) => (name === 'won' ? money.wonDeals : (numbers?.[name] ?? null)),
        format.number,
      ),
    ),
  ];
}

const MONEY = ['won', 'open', 'lost'] as const;
const COLUMNS = ['leads', 'won', 'clicked', 'sent', 'delivered', 'clicks'] as const;
