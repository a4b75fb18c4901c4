import { Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { IconChartBar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { VendorCampaignInsight, VendorInsight, VendorUse } from '#contracts';
import { Empty } from '../../shared/Empty';
import { useIncrementalList } from '../../shared/incremental-list';
import { useFormat } from '../../shared/format';
import { LoadMore } from '../../shared/LoadMore';
import { Loaded, Page } from '../../shared/Page';
import { Bounces } from './Bounces';
import { CampaignUse } from './CampaignUse';
import { CsvLink } from '../../shared/CsvLink';
import { Figures } from './Figures';
import { type ChartChoice, ResultsOverTime } from './ResultsOverTime';
import { PartnerTotals } from './PartnerTotals';
import { type PartRow, PartsTable } from './PartsTable';
import { useVariantName } from './variant-name';
import { WeekTable } from './WeekTable';
import { REFRESH_MS, useWindow } from './window';
import { WindowPicker } from './WindowPicker';
import { useVendorInsight, useVendorInsightUse } from './api';

/** Each campaign renders a chart. */
const AT_ONCE = 3;
const STAGES = ['invited', 'brandComplete', 'launched', 'firstLead', 'won'] as const;

/** A vendor's results: partners and totals, never a contact. */
export function VendorResultsScreen() {
  const { t } = useTranslation();
  const { choose, query } = useWindow();
  const insight = useVendorInsight(query, { placeholderData: keepPreviousData, refetchInterval: REFRESH_MS });
  const use = useVendorInsightUse({ enabled: insight.data !== undefined });
  return (
    <Page
      title={t('results.title')}
      lead={t('results.vendorLead')}
      actions={
        <Group align="flex-end">
          <WindowPicker window={insight.data} onWindow={choose} />
          <CsvLink path={`/vendor-insight/numbers.csv?${query}`} label={t('results.csv')} />
          <CsvLink path={`/vendor-insight/variants.csv?${query}`} label={t('variants.csv')} />
          <CsvLink path="/vendor-insight/funnel.csv" label={t('variants.funnelCsv')} />
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
              <PartnerTotals />
              <Campaigns campaigns={campaigns} use={use.data} smallestGroup={smallestGroup} />
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

interface UseOf {
  /** Undefined while loading. */
  readonly use: VendorUse | undefined;
  readonly smallestGroup: number;
}

/** A funnel and a chart per campaign. */
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

function CampaignResults({ campaign, use, smallestGroup }: UseOf & { readonly campaign: VendorCampaignInsight }) {
  const { campaignId, title, funnel, weeks } = campaign;
  const used = use?.campaigns.find((one) => one.campaignId === campaignId);
  return (
    <Stack component="section" aria-labelledby={campaignId}>
      <Title order={2} id={campaignId}>
        {title}
      </Title>
      <Paper withBorder p="md">
        <Funnel funnel={funnel} />
      </Paper>
      {weeks.some(({ numbers }) => numbers !== null) && <Parts campaign={campaign} smallestGroup={smallestGroup} />}
      {weeks.length > 0 && <WeekTable weeks={weeks} />}
      {use !== undefined && used !== undefined && (
        <CampaignUse use={used} asOf={use.asOf} smallestGroup={smallestGroup} />
      )}
    </Stack>
  );
}

/**
 * By week, and by the steps and recipient variants that enough partners sent.
 */
function Parts({
  campaign: { weeks, parts, rest },
  smallestGroup,
}: Pick<UseOf, 'smallestGroup'> & { readonly campaign: VendorCampaignInsight }) {
  const { t } = useTranslation();
  const variantName = useVariantName();
  const pointsOf = (some: VendorCampaignInsight['weeks'] | typeof rest.weeks): ChartChoice['points'] =>
    some.map(({ startsOn, numbers }) => ({ on: startsOn, numbers }));
  const named = [
    ...parts.map((part) => ({
      key: `${part.stepKey} ${part.variant}`,
      name: part.stepKey === '' ? t('results.noStep') : `${part.stepKey} · ${variantName(part)}`,
      numbers: part.numbers,
      weeks: part.weeks,
    })),
    ...(rest.weeks.length === 0 ? [] : [{ key: 'rest', name: t('variants.rest', { count: smallestGroup }), ...rest }]),
  ];
  return (
    <>
      <ResultsOverTime
        courses={[
          { key: 'all of it', name: t('variants.all'), points: pointsOf(weeks) },
          ...named.map(({ key, name, weeks: own }) => ({ key, name, points: pointsOf(own) })),
        ]}
        label={t('results.byWeek')}
      />
      {named.length > 0 && (
        <>
          <Title order={3}>{t('variants.bySteps')}</Title>
          <PartsTable
            rows={named.map(({ key, name, numbers }): PartRow => ({ key, name, isInner: false, numbers }))}
            of={t('variants.part')}
          />
        </>
      )}
    </>
  );
}

/**
 * From invited to won.
 * Each bar is a share of the invited partners.
 */
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
