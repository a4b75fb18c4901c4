import { Group, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { InsightRates, PartnerCampaignInsight } from '#contracts';
import { get } from '../../shared/api';
import { useFormat } from '../../shared/format';
import { GoalList } from '../../shared/GoalList';
import { Loaded, Page } from '../../shared/Page';
import { Bounces } from './Bounces';
import { CsvLink } from './CsvLink';
import { Figures } from './Figures';
import { useWindow } from './window';
import { WindowPicker } from './WindowPicker';

const TimeChart = lazy(() => import('./TimeChart'));
const RATES = [
  'clicks',
  'leads',
  'unsubscribed',
  'bounced',
  'complained',
] as const satisfies readonly (keyof InsightRates)[];

/** One campaign of a partner: each step of it, and where the partner stands among others. */
export function CampaignResultsScreen() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { choose, query } = useWindow();
  const insight = useQuery({
    queryKey: ['insight', id, query],
    queryFn: get<PartnerCampaignInsight>(`/insight/campaigns/${encodeURIComponent(id)}?${query}`),
    placeholderData: keepPreviousData,
  });
  return (
    <Page
      title={insight.data?.title ?? t('results.campaign')}
      lead={t('results.campaignLead')}
      actions={
        <Group align="flex-end">
          <WindowPicker window={insight.data} onWindow={choose} />
          <CsvLink path={`/insight/numbers.csv?${query}`} label={t('results.csv')} />
        </Group>
      }
    >
      <Loaded query={insight} height={480}>
        {({ numbers, rates, days, steps, median, goals }) => (
          <Stack gap="xl">
            <Figures numbers={numbers} rates={rates} />
            <Suspense fallback={<Skeleton height={294} radius="lg" />}>
              <TimeChart points={days} label={t('results.byDay')} />
            </Suspense>
            <GoalList goals={goals} contacts={null} />
            <Steps steps={steps} />
            <Bounces
              numbers={numbers}
              parts={steps
                .filter((step) => step.stepKey !== '')
                .map((step) => ({ name: step.stepKey, numbers: step.numbers }))}
            />
            <Comparison rates={rates} median={median} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

const COLUMNS = ['sent', 'delivered', 'clicks', 'unsubscribed', 'leads', 'won'] as const;

function Steps({ steps }: { readonly steps: PartnerCampaignInsight['steps'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack component="section" aria-labelledby="steps">
      <Title order={2} id="steps">
        {t('results.bySteps')}
      </Title>
      <Table.ScrollContainer minWidth={560}>
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('results.step')}</Table.Th>
              {COLUMNS.map((name) => (
                <Table.Th key={name} ta="right">
                  {t(`results.${name}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {steps.map(({ stepKey, numbers }) => (
              <Table.Tr key={stepKey}>
                <Table.Td>{stepKey === '' ? t('results.noStep') : stepKey}</Table.Td>
                {COLUMNS.map((name) => (
                  <Table.Td key={name} ta="right">
                    {format.number(numbers[name])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

/** Where this partner stands; among fewer than ten, a median would tell of single ones. */
function Comparison({ rates, median }: Pick<PartnerCampaignInsight, 'rates' | 'median'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack component="section" aria-labelledby="median">
      <Title order={2} id="median">
        {t('results.median')}
      </Title>
      {median === null || rates === null ? (
        <Text c="dimmed">{t('results.noMedian')}</Text>
      ) : (
        <Table.ScrollContainer minWidth={360}>
          <Table verticalSpacing="sm" maw={560}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('results.rate')}</Table.Th>
                <Table.Th ta="right">{t('results.you')}</Table.Th>
                <Table.Th ta="right">{t('results.others')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {RATES.map((name) => (
                <Table.Tr key={name}>
                  <Table.Td>{t(`results.${name}`)}</Table.Td>
                  <Table.Td ta="right">{format.share(rates[name])}</Table.Td>
                  <Table.Td ta="right">{format.share(median[name])}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}
