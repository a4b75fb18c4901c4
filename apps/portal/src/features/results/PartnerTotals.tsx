import { Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  PARTNER_TOTALS_SORTS,
  PARTNER_TOTALS_TABLE_SORTS,
  type PartnerTotalsPage,
  SHOWN_TOTALS,
  type VendorInsight,
} from '#contracts';
import { AddressSelect } from '../../shared/AddressSelect';
import { CsvLink } from '../../shared/CsvLink';
import { useListQuery, withQuery } from '../../shared/list-query';
import { useSharedSearch } from '../../shared/ListScreen';
import { LoadMore } from '../../shared/LoadMore';
import { useAmountText } from '../../shared/money';
import { Loaded } from '../../shared/Page';
import { useFormat } from '../../shared/format';
import { useReaderTitle } from '../../shared/reader-title';
import { SearchField } from '../../shared/SearchField';
import { type TotalsRow, TotalsTable } from '../../shared/TotalsTable';
import { useUrlState } from '../../shared/url-state';
import { usePartnerTotals } from './api';

type Campaigns = Pick<VendorInsight, 'campaigns'>;

interface PartnerTotalsProps extends Campaigns {
  /** The chosen period. */
  readonly from: string;
  readonly to: string;
}

/** Of the parameters in the address. */
const PART = 'totals';
const OF = ['start', 'period'] as const;
const FILTERS = [{ name: 'shown', values: SHOWN_TOTALS }];

/** Exact totals of the partners that show them, since the start or of the chosen period; and the names of the others. */
export function PartnerTotals({ campaigns, from, to }: PartnerTotalsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [of, choose] = useUrlState<(typeof OF)[number]>('totals', 'start', OF);
  const search = useSharedSearch('totalsQ');
  const { query: asked, isNarrowed } = useListQuery(FILTERS, PARTNER_TOTALS_SORTS, search.sought, PART);
  const days = of === 'start' ? '' : new URLSearchParams({ from, to }).toString();
  const { query: askedTable } = useListQuery(FILTERS, PARTNER_TOTALS_TABLE_SORTS, search.sought, PART);
  const withDays = (one: string): string => [one, days].filter((part) => part !== '').join('&');
  const query = withDays(asked);
  const partners = usePartnerTotals(query);
  return (
    <Stack component="section" aria-labelledby="partner-totals">
      <Group justify="space-between">
        <Title order={2} id="partner-totals">
          {t('totals.ofPartners')}
        </Title>
        <CsvLink path={withQuery('/vendor-insight/partners.csv', withDays(askedTable))} label={t('totals.csv')} />
      </Group>
      <Text size="sm" c="dimmed" maw={760}>
        {t('totals.ofPartnersLead')}
      </Text>
      <SegmentedControl
        aria-label={t('totals.of')}
        value={of}
        onChange={(next) => choose(OF.find((one) => one === next) ?? 'start')}
        data={[
          { value: 'start', label: t('totals.sinceStart') },
          { value: 'period', label: t('totals.inPeriod') },
        ]}
        style={{ alignSelf: 'flex-start' }}
      />
      <Group align="flex-end">
        <SearchField label={t('totals.search')} search={search} />
        <AddressSelect
          name="totalsShown"
          label={t('totals.shown')}
          options={SHOWN_TOTALS.map((value) => ({ value, label: t(`totals.shows.${value}`) }))}
        />
      </Group>
      {of === 'period' && <Text size="sm">{t('totals.days', { from: format.day(from), to: format.day(to) })}</Text>}
      <Loaded query={partners} height={180}>
        {(items) => (
          <>
            <Stack className="list-rows" data-old={partners.isOld || undefined} aria-busy={partners.isOld}>
              <Totals partners={items} campaigns={campaigns} isWhole={!partners.hasMore} isNarrowed={isNarrowed} />
            </Stack>
            <LoadMore list={partners} />
          </>
        )}
      </Loaded>
    </Stack>
  );
}

type Partner = PartnerTotalsPage['items'][number];

interface TotalsProps extends Campaigns {
  readonly partners: readonly Partner[];
  /** Whether all partners are loaded. */
  readonly isWhole: boolean;
  /** Whether a search or filter is active. */
  readonly isNarrowed: boolean;
}

function Totals({ partners, campaigns, isWhole, isNarrowed }: TotalsProps) {
  const { t, i18n } = useTranslation();
  const readerTitle = useReaderTitle();
  if (partners.length === 0)
    return <Text size="sm">{t(isNarrowed ? 'common.nothingFound' : 'totals.noPartners')}</Text>;
  const rows = partners.flatMap(rowsOf);
  const titleOf = ({ campaignId, title }: TotalsRow['totals']): string => {
    const known = campaigns.find((one) => one.campaignId === campaignId);
    return known === undefined ? title : readerTitle(known);
  };
  const names = (of: Partner['shown']) =>
    partners.filter(({ campaigns, shown }) => campaigns === null && shown === of).map(({ name }) => name);
  const [others, sinceStart] = [names('nothing'), names('since-start')];
  const list = new Intl.ListFormat(i18n.language);
  return (
    <>
      {rows.length > 0 && (
        <TotalsTable
          label={t('totals.ofPartners')}
          {...{ rows, isWhole, titleOf }}
          orderName="totalsSort"
          serverSorts={PARTNER_TOTALS_SORTS}
        />
      )}
      <WonInAll rows={rows} />
      {others.length > 0 && (
        <Text size="sm" maw={760}>
          {t('totals.notShared', { names: list.format(others) })}
        </Text>
      )}
      {sinceStart.length > 0 && (
        <Text size="sm" maw={760}>
          {t('totals.sinceStartOnly', { names: list.format(sinceStart) })}
        </Text>
      )}
    </>
  );
}

/** What the listed partners won together, by currency. */
function WonInAll({ rows }: { readonly rows: readonly TotalsRow[] }) {
  const { t } = useTranslation();
  const amountText = useAmountText();
  const sums = new Map<string, number>();
  for (const { minorUnits, currency } of rows.flatMap(({ totals }) => totals.amounts))
    sums.set(currency, (sums.get(currency) ?? 0) + minorUnits);
  if (sums.size === 0) return null;
  const amounts = [...sums].map(([currency, minorUnits]) => ({ currency, minorUnits }));
  return (
    <Text size="sm" fw={600}>
      {t('totals.wonInAll', { amounts: amountText(amounts) })}
    </Text>
  );
}

function rowsOf({ partnerId, name, sharedAt, campaigns }: Partner): TotalsRow[] {
  return (campaigns ?? []).map((totals) => ({
    key: `${partnerId} ${totals.campaignId}`,
    partner: name,
    sharedAt,
    totals,
  }));
}
