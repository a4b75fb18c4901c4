import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PartnerTotalsPage, VendorInsight } from '#contracts';
import { CsvLink } from '../../shared/CsvLink';
import { LoadMore } from '../../shared/LoadMore';
import { useAmountText } from '../../shared/money';
import { Loaded } from '../../shared/Page';
import { useReaderTitle } from '../../shared/reader-title';
import { type TotalsRow, TotalsTable } from '../../shared/TotalsTable';
import { usePartnerTotals } from './api';

type Campaigns = Pick<VendorInsight, 'campaigns'>;

/** Exact totals of the partners that show them, and the names of the others. */
export function PartnerTotals({ campaigns }: Campaigns) {
  const { t } = useTranslation();
  const partners = usePartnerTotals();
  return (
    <Stack component="section" aria-labelledby="partner-totals">
      <Group justify="space-between">
        <Title order={2} id="partner-totals">
          {t('totals.ofPartners')}
        </Title>
        <CsvLink path="/vendor-insight/partners.csv" label={t('totals.csv')} />
      </Group>
      <Text size="sm" c="dimmed" maw={760}>
        {t('totals.ofPartnersLead')}
      </Text>
      <Loaded query={partners} height={180}>
        {(items) => (
          <>
            <Totals partners={items} campaigns={campaigns} isWhole={!partners.hasMore} />
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
}

function Totals({ partners, campaigns, isWhole }: TotalsProps) {
  const { t, i18n } = useTranslation();
  const readerTitle = useReaderTitle();
  if (partners.length === 0) return <Text size="sm">{t('totals.noPartners')}</Text>;
  const rows = partners.flatMap(rowsOf);
  const titleOf = ({ campaignId, title }: TotalsRow['totals']): string => {
    const known = campaigns.find((one) => one.campaignId === campaignId);
    return known === undefined ? title : readerTitle(known);
  };
  const others = partners.filter(({ campaigns }) => campaigns === null).map(({ name }) => name);
  return (
    <>
      {rows.length > 0 && (
        <TotalsTable label={t('totals.ofPartners')} {...{ rows, isWhole, titleOf }} orderName="totals" />
      )}
      <WonInAll rows={rows} />
      {others.length > 0 && (
        <Text size="sm" maw={760}>
          {t('totals.notShared', { names: new Intl.ListFormat(i18n.language).format(others) })}
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

function rowsOf({ partnerId, name, campaigns }: Partner): TotalsRow[] {
  return (campaigns ?? []).map((totals) => ({ key: `${partnerId} ${totals.campaignId}`, partner: name, totals }));
}
