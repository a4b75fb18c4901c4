import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Returns } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { dealsBehind } from '../../shared/leads/deals-behind';
import { orderByAmount, useAmountText } from '../../shared/money';
import { useReaderTitle } from '../../shared/reader-title';
import { FigureLink } from './FigureLink';
import type { DateWindow } from './window';
import { useRatioText, useRoiText } from './roi-text';

type Base = Pick<Returns, 'costs' | 'won' | 'leads' | 'costPerLead' | 'pipelinePerCost' | 'roi' | 'withoutRoi'> &
  Partial<Pick<Returns, 'costPerWonDeal'>> & {
    /** Null: the reader may not see it. */
    readonly open: Returns['open'] | null;
  };
type Campaign = Base & {
  readonly campaignId: string | null;
  readonly title: string;
  readonly titles: Readonly<Record<string, string>>;
};

interface ReturnsTableProps {
  readonly campaigns: readonly Campaign[];
  /** Absent: the figures of all campaigns are not in the table. */
  readonly total?: Base;
  /** Of a partner, which sees the deals behind won and open amounts; absent: the reader does not. */
  readonly window?: DateWindow;
}

interface Row extends Base {
  readonly key: string;
  readonly name: string;
  /** The campaign of its deals: null those of none, undefined all. */
  readonly dealsOf: string | null | undefined;
}

/** Costs and return of each campaign: a partner's, or a vendor's. The sort is in the address. */
export function ReturnsTable({ campaigns, total, window }: ReturnsTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const amountText = useAmountText();
  const roiText = useRoiText();
  const ratioText = useRatioText();
  const readerTitle = useReaderTitle();
  const rows: Row[] = campaigns.map((campaign) => ({
    ...campaign,
    key: campaign.campaignId ?? 'none',
    dealsOf: campaign.campaignId,
    name: campaign.campaignId === null ? t('returns.noCampaign') : readerTitle(campaign),
  }));
  const last: Row[] =
    total === undefined ? [] : [{ ...total, key: 'all', name: t('returns.total'), dealsOf: undefined }];
  const money = (name: 'costs' | 'open' | 'won' | 'costPerLead' | 'costPerWonDeal'): Column<Row>[] =>
    rows.every((row) => row[name] == null)
      ? []
      : [
          {
            key: name,
            title: t(`returns.${name}`),
            align: 'end',
            ...orderByAmount(rows, (row) => row[name] ?? []),
            cell: (row) => {
              const amounts = amountText(row[name] ?? []);
              if (window === undefined || (name !== 'won' && name !== 'open')) return amounts || '–';
              const list = dealsBehind({ state: name, ...window, campaignId: row.dealsOf });
              return <FigureLink amounts={amounts} to={list} />;
            },
          },
        ];
  const columns: readonly Column<Row>[] = [
    {
      key: 'campaign',
      title: t('results.campaign'),
      isHeading: true,
      orderBy: ({ key, name }) => (key === 'none' ? null : name),
      cell: ({ key, name }) => (
        <Text size="sm" fw={key === 'all' ? 700 : 600}>
          {name}
        </Text>
      ),
    },
    ...money('costs'),
    ...money('won'),
    {
      key: 'roi',
      title: t('returns.roi'),
      align: 'end',
      orderBy: ({ roi }) => roi,
      cell: roiText,
    },
    ...money('open'),
    ...(rows.every(({ open }) => open === null)
      ? []
      : [
          {
            key: 'pipelinePerCost',
            title: t('returns.pipelinePerCost'),
            align: 'end' as const,
            orderBy: ({ pipelinePerCost }: Row) => pipelinePerCost,
            cell: ({ pipelinePerCost }: Row) => ratioText(pipelinePerCost),
          },
        ]),
    {
      key: 'leads',
      title: t('results.leads'),
      align: 'end',
      orderBy: ({ leads }) => leads,
      cell: ({ leads }) => format.number(leads),
    },
    ...money('costPerLead'),
    ...money('costPerWonDeal'),
  ];
  return (
    <DataTable
      label={t('returns.title')}
      items={rows}
      last={last}
      isWhole
      orderName="returnSort"
      idOf={({ key }) => key}
      columns={columns}
      minWidth={columns.length > 6 ? 980 : 760}
      atOnce={50}
    />
  );
}
