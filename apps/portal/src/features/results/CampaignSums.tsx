import { memo } from 'react';
import { Anchor, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReleasedSums, VendorCampaignInsight } from '#contracts';
import { CsvLink } from '../../shared/CsvLink';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { useReaderTitle } from '../../shared/reader-title';
import { useUrlState } from '../../shared/url-state';
import { useReleasedText } from './released-text';

const SUMS = ['sent', 'bounced', 'clicked', 'leads', 'won'] as const satisfies readonly (keyof ReleasedSums)[];

/** More rows scroll in the table, so that what follows is not far below. */
const LONG = 8;

interface CampaignSumsProps {
  readonly campaigns: readonly VendorCampaignInsight[];
  /** The chosen period. */
  readonly query: string;
}

/**
 * The sums of each campaign. Search and sort are in the address, and in the file. Drawn again only if they change:
 * five requests of the screen around it end one by one.
 */
export const CampaignSums = memo(function CampaignSums({ campaigns, query }: CampaignSumsProps) {
  const { t } = useTranslation();
  const [words, search] = useUrlState<string>('q', '');
  const columns = useColumns(query);
  const sought = words.trim().toLowerCase();
  const found = campaigns.filter(({ title, titles }) =>
    [title, ...Object.values(titles)].some((one) => one.toLowerCase().includes(sought)),
  );
  const csv = new URLSearchParams(query);
  if (sought !== '') csv.set('q', words.trim());
  return (
    <Stack component="section" aria-labelledby="campaign-sums" gap="sm">
      <Group justify="space-between">
        <Title order={2} id="campaign-sums">
          {t('campaignSums.title')}
        </Title>
        <CsvLink path={`/vendor-insight/campaigns.csv?${csv.toString()}`} label={t('campaignSums.csv')} />
      </Group>
      <Text size="sm" c="dimmed">
        {t('campaignSums.lead')}
      </Text>
      <TextInput
        aria-label={t('campaignSums.search')}
        placeholder={t('campaignSums.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={words}
        maxLength={100}
        onChange={({ currentTarget }) => search(currentTarget.value)}
        maw={360}
      />
      {found.length === 0 ? (
        <Text size="sm">{t('campaignSums.none')}</Text>
      ) : (
        <DataTable
          label={t('campaignSums.title')}
          items={found}
          isWhole
          orderName="sort"
          idOf={({ campaignId }) => campaignId}
          columns={columns}
          minWidth={860}
          atOnce={50}
          {...(found.length > LONG ? { maxHeight: 560 } : {})}
        />
      )}
    </Stack>
  );
});

function useColumns(query: string): readonly Column<VendorCampaignInsight>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const inWords = useReleasedText();
  const readerTitle = useReaderTitle();
  const linkTo = (campaignId: string): string => {
    const link = new URLSearchParams(query);
    link.set('campaign', campaignId);
    return `/campaign-results?${link.toString()}`;
  };
  return [
    {
      key: 'campaign',
      title: t('results.campaign'),
      isHeading: true,
      orderBy: readerTitle,
      cell: (campaign) => (
        <Anchor component={Link} to={linkTo(campaign.campaignId)} size="sm" fw={600}>
          {readerTitle(campaign)}
        </Anchor>
      ),
    },
    ...(['offered', 'launched'] as const).map((name): Column<VendorCampaignInsight> => ({
      key: name,
      title: t(`campaignSums.${name}`),
      align: 'end',
      orderBy: ({ funnel }) => funnel[name],
      cell: ({ funnel }) => format.number(funnel[name]),
    })),
    ...SUMS.map((name): Column<VendorCampaignInsight> => ({
      key: name,
      title: t(`released.${name}`),
      align: 'end',
      orderBy: ({ numbers }) => numbers[name]?.value ?? null,
      cell: ({ numbers }) => {
        const number = numbers[name];
        return number === null ? '–' : inWords(number);
      },
    })),
  ];
}
