import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PartnerFirstResults, VendorFirstResults } from '#contracts';
import { CsvLink } from '../../shared/CsvLink';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { useReaderTitle } from '../../shared/reader-title';
import { useFirstResultBands, useFirstResults } from './api';

interface SectionProps {
  readonly lead: string;
  readonly csv: string;
  readonly children: React.ReactNode;
}

function FirstResultsSection({ lead, csv, children }: SectionProps) {
  const { t } = useTranslation();
  return (
    <Stack component="section" aria-labelledby="first-results">
      <Group justify="space-between">
        <Title order={2} id="first-results">
          {t('firstResults.title')}
        </Title>
        <CsvLink path={csv} label={t('firstResults.csv')} />
      </Group>
      <Text size="sm" c="dimmed" maw={760}>
        {lead}
      </Text>
      {children}
    </Stack>
  );
}

type OwnCampaign = PartnerFirstResults['campaigns'][number];
const KINDS = ['lead', 'deal', 'won'] as const;

/** How long a partner's launches took to their first lead, deal and win. */
export function FirstResults() {
  const { t } = useTranslation();
  const format = useFormat();
  const readerTitle = useReaderTitle();
  const results = useFirstResults();
  const columns: readonly Column<OwnCampaign>[] = [
    { key: 'campaign', title: t('results.campaign'), isHeading: true, orderBy: readerTitle, cell: readerTitle },
    {
      key: 'launches',
      title: t('firstResults.launches'),
      align: 'end',
      orderBy: ({ launches }) => launches,
      cell: ({ launches }) => format.number(launches),
    },
    ...KINDS.map((kind): Column<OwnCampaign> => ({
      key: kind,
      title: t(`firstResults.kinds.${kind}`),
      align: 'end',
      orderBy: (campaign) => campaign[kind].medianDays,
      cell: (campaign) => {
        const { medianDays, launches } = campaign[kind];
        if (medianDays === null) return '–';
        return (
          <>
            <Text size="sm">{t('firstResults.days', { count: medianDays, days: format.number(medianDays) })}</Text>
            {campaign.launches > 1 && (
              <Text size="xs" c="dimmed">
                {t('firstResults.ofLaunches', { count: campaign.launches, reached: launches })}
              </Text>
            )}
          </>
        );
      },
    })),
  ];
  return (
    <Loaded query={results} height={160}>
      {({ campaigns }) =>
        campaigns.length === 0 ? null : (
          <FirstResultsSection lead={t('firstResults.lead')} csv="/insight/first-results.csv">
            <DataTable
              label={t('firstResults.title')}
              items={campaigns}
              isWhole
              orderName="first"
              idOf={({ campaignId }) => campaignId}
              columns={columns}
              minWidth={640}
            />
          </FirstResultsSection>
        )
      }
    </Loaded>
  );
}

type BandOf = VendorFirstResults['campaigns'][number]['medians'][number];

/** In which band the medians of a vendor's partners lie. */
export function FirstResultBands() {
  const { t } = useTranslation();
  const results = useFirstResultBands();
  return (
    <Loaded query={results} height={160}>
      {({ campaigns, partnersNeeded, peopleNeeded }) => (
        <FirstResultsSection
          lead={t('firstResults.vendorLead', { partners: partnersNeeded, people: peopleNeeded })}
          csv="/vendor-insight/first-results.csv"
        >
          {campaigns.length === 0 ? (
            <Text size="sm">{t('firstResults.vendorNone')}</Text>
          ) : (
            <BandTable campaigns={campaigns} />
          )}
        </FirstResultsSection>
      )}
    </Loaded>
  );
}

function BandTable({ campaigns }: Pick<VendorFirstResults, 'campaigns'>) {
  const { t } = useTranslation();
  const readerTitle = useReaderTitle();
  const bandText = ({ fromDays, toDays, partners }: BandOf) =>
    toDays === null
      ? t('firstResults.orMore', { from: fromDays, count: partners })
      : t('firstResults.band', { from: fromDays, to: toDays, count: partners });
  return (
    <DataTable
      label={t('firstResults.title')}
      items={campaigns}
      isWhole
      orderName="first"
      idOf={({ campaignId }) => campaignId}
      columns={[
        { key: 'campaign', title: t('results.campaign'), isHeading: true, orderBy: readerTitle, cell: readerTitle },
        ...KINDS.map((kind): Column<VendorFirstResults['campaigns'][number]> => ({
          key: kind,
          title: t(`firstResults.kinds.${kind}`),
          cell: ({ medians }) => {
            const median = medians.find((one) => one.kind === kind);
            return median === undefined ? '–' : bandText(median);
          },
        })),
      ]}
    />
  );
}
