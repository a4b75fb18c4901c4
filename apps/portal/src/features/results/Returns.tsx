import { Anchor, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PartnerReturns, Returns as ReturnsOf } from '#contracts';
import { CsvLink } from '../../shared/CsvLink';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { useAmountText } from '../../shared/money';
import { Loaded } from '../../shared/Page';
import { useReaderTitle } from '../../shared/reader-title';
import { useReturns } from './api';
import { useRoiText } from './roi-text';

/** What a partner's campaigns cost in a period, and what came of it. */
export function Returns({ query }: { readonly query: string }) {
  const { t } = useTranslation();
  const returns = useReturns(query, { placeholderData: keepPreviousData });
  return (
    <Stack component="section" aria-labelledby="returns">
      <Group justify="space-between">
        <Title order={2} id="returns">
          {t('returns.title')}
        </Title>
        <Group gap="sm">
          <Anchor component={Link} to="/costs" size="sm">
            {t('returns.toCosts')}
          </Anchor>
          <CsvLink path={`/insight/returns.csv?${query}`} label={t('returns.csv')} />
        </Group>
      </Group>
      <Text size="sm" c="dimmed" maw={760}>
        {t('returns.lead')}
      </Text>
      <Loaded query={returns} height={200}>
        {(data) =>
          data.total.costs.length === 0 ? (
            <Text size="sm">{t('returns.none')}</Text>
          ) : (
            <>
              <Figures total={data.total} />
              <ReturnsTable campaigns={data.campaigns} />
              <Tactics tactics={data.tactics} />
            </>
          )
        }
      </Loaded>
    </Stack>
  );
}

/** Costs, return on investment and costs of a lead and of a won deal. */
function Figures({ total }: { readonly total: ReturnsOf }) {
  const { t } = useTranslation();
  const amountText = useAmountText();
  const roiText = useRoiText();
  const figures = [
    ['costs', amountText(total.costs), ''],
    ['roi', roiText(total), total.withoutRoi === null ? t('returns.roiHow') : t(`returns.without.${total.withoutRoi}`)],
    ['costPerLead', amountText(total.costPerLead), t('returns.leads', { count: total.leads })],
    ['costPerWonDeal', amountText(total.costPerWonDeal), t('money.deals', { count: total.wonDeals })],
  ] as const;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} component="dl" m={0}>
      {figures.map(([name, value, note]) => (
        <Paper key={name} withBorder p="md">
          <Text component="dt" size="sm" c="dimmed">
            {t(`returns.${name}`)}
          </Text>
          <Text component="dd" m={0} fz={22} fw={650} lh={1.3}>
            {value || '–'}
          </Text>
          <Text component="dd" m={0} size="xs" c="dimmed">
            {note}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}

type Campaign = PartnerReturns['campaigns'][number];

function ReturnsTable({ campaigns }: Pick<PartnerReturns, 'campaigns'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const amountText = useAmountText();
  const roiText = useRoiText();
  const readerTitle = useReaderTitle();
  const nameOf = (campaign: Campaign) =>
    campaign.campaignId === null ? t('returns.noCampaign') : readerTitle(campaign);
  const money = (name: 'costs' | 'open' | 'won' | 'costPerLead' | 'costPerWonDeal'): Column<Campaign> => ({
    key: name,
    title: t(`returns.${name}`),
    align: 'end',
    cell: (campaign) => amountText(campaign[name]) || '–',
  });
  const columns: readonly Column<Campaign>[] = [
    { key: 'campaign', title: t('results.campaign'), isHeading: true, orderBy: nameOf, cell: nameOf },
    money('costs'),
    money('won'),
    {
      key: 'roi',
      title: t('returns.roi'),
      align: 'end',
      orderBy: ({ roi }) => roi ?? Number.NEGATIVE_INFINITY,
      cell: roiText,
    },
    money('open'),
    {
      key: 'leads',
      title: t('results.leads'),
      align: 'end',
      orderBy: ({ leads }) => leads,
      cell: ({ leads }) => format.number(leads),
    },
    money('costPerLead'),
    money('costPerWonDeal'),
  ];
  return (
    <DataTable
      label={t('returns.title')}
      items={campaigns}
      isWhole
      idOf={({ campaignId }) => campaignId ?? 'none'}
      columns={columns}
      minWidth={980}
    />
  );
}

/** Costs of each tactic, if any cost names one. */
function Tactics({ tactics }: Pick<PartnerReturns, 'tactics'>) {
  const { t } = useTranslation();
  const amountText = useAmountText();
  if (!tactics.some(({ tactic }) => tactic !== null)) return null;
  return (
    <Text size="sm">
      {t('returns.byTactic', {
        tactics: tactics
          .map(({ tactic, costs }) => `${t(`costs.tactics.${tactic ?? 'none'}`)} ${amountText(costs)}`)
          .join(' · '),
      })}
    </Text>
  );
}
