import { useTranslation } from 'react-i18next';
import type { CampaignTotals } from '#contracts';
import { type Column, DataTable } from './DataTable';
import { useFormat } from './format';
import { formatMoney, orderByAmount } from './money';
import { useReaderTitle } from './reader-title';

/** A campaign's totals. */
export interface TotalsRow {
  readonly key: string;
  /** Name of the partner; absent in a partner's own table. */
  readonly partner?: string;
  /** Since when the partner shows them; absent in its own table. */
  readonly sharedAt?: string | null;
  readonly totals: CampaignTotals;
}

const COUNTS = ['sent', 'clicked', 'leads', 'won'] as const;

interface TotalsTableProps {
  readonly label: string;
  readonly rows: readonly TotalsRow[];
  /** Whether all rows are loaded, so that columns can be sorted. */
  readonly isWhole: boolean;
  /** Name of the sort in the address. */
  readonly orderName: string;
  /** Columns by which the rows come sorted from the API. */
  readonly serverSorts?: readonly string[];
  /** As other tables of the screen have it; absent: in the language of the reader. */
  readonly titleOf?: (totals: TotalsRow['totals']) => string;
}

/** Exact totals per campaign. */
export function TotalsTable({
  label,
  rows,
  isWhole,
  orderName,
  serverSorts = [],
  titleOf: ownTitle,
}: TotalsTableProps) {
  const readerTitle = useReaderTitle();
  const titleOf = ownTitle ?? readerTitle;
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const amounts = ({ totals }: TotalsRow): string =>
    totals.amounts.map((amount) => formatMoney(i18n.language, amount)).join(', ');
  const sources = ({ totals }: TotalsRow): string =>
    totals.sources
      .filter(({ visits }) => visits > 0)
      .map(({ source, visits }) => `${t(`sources.of.${source}`)} ${format.number(visits)}`)
      .join(', ');
  const columns: Column<TotalsRow>[] = [
    ...(rows.some(({ partner }) => partner !== undefined)
      ? [
          {
            key: 'partner',
            title: t('totals.partner'),
            isHeading: true,
            orderBy: ({ partner = '' }: TotalsRow) => partner,
            cell: ({ partner }: TotalsRow) => partner,
          },
        ]
      : []),
    {
      key: 'campaign',
      title: t('totals.campaign'),
      orderBy: ({ totals }) => titleOf(totals),
      cell: ({ totals }) => titleOf(totals),
    },
    ...COUNTS.map((name): Column<TotalsRow> => ({
      key: name,
      title: t(`totals.${name}`),
      align: 'end',
      orderBy: ({ totals }) => totals[name],
      cell: ({ totals }) => format.number(totals[name]),
    })),
    { key: 'sources', title: t('totals.sources'), cell: (row) => sources(row) || '–' },
    {
      key: 'amounts',
      title: t('totals.amounts'),
      align: 'end',
      ...orderByAmount(rows, ({ totals }) => totals.amounts),
      cell: (row) => amounts(row) || '–',
    },
    ...(rows.some(({ sharedAt }) => sharedAt !== undefined)
      ? [
          {
            key: 'sharedAt',
            title: t('totals.sharedAt'),
            orderBy: ({ sharedAt = null }: TotalsRow) => sharedAt,
            cell: ({ sharedAt = null }: TotalsRow) => (sharedAt === null ? '–' : format.moment(sharedAt)),
          },
        ]
      : []),
  ];
  return (
    <DataTable
      label={label}
      items={rows}
      isWhole={isWhole}
      orderName={orderName}
      serverSorts={serverSorts}
      idOf={({ key }) => key}
      columns={columns}
      minWidth={760}
    />
  );
}
