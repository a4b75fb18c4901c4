import { ATTRIBUTION_MODELS, type AttributionReport, type AttributionTable } from '#contracts';
import { campaignCell, moneyCell, stepCell, type Table, type TableCell, type TableColumn } from '#tables';

/** What is credited, and the credits by model. */
const COLUMNS = [
  'from',
  'to',
  'row-kind',
  'campaignId',
  'campaign',
  'step',
  'source',
  'currency',
  ...ATTRIBUTION_MODELS.map((model) => `credit-${model}` as const),
] as const satisfies readonly TableColumn[];

/** By currency: a row for each step and page, one for deals without a touch, and the sum. */
export const attributionTable = ({
  from,
  to,
  currencies,
}: Pick<AttributionTable, 'from' | 'to' | 'currencies'>): Table => ({
  columns: COLUMNS,
  rows: currencies.flatMap(({ currency, wonMinor, uncreditedMinor, rows }) => {
    const money = (minorUnits: number): TableCell => moneyCell({ minorUnits, currency });
    const same = (minorUnits: number): TableCell[] => ATTRIBUTION_MODELS.map(() => money(minorUnits));
    return [
      ...rows.map(({ channel: { campaignId, title, titles, stepKey, name, source }, creditsMinor }) => [
        from,
        to,
        'channel',
        campaignId,
        campaignCell(title, titles),
        stepKey === null ? null : stepCell(stepKey, name === null ? [] : [name]),
        source,
        null,
        ...ATTRIBUTION_MODELS.map((model) => money(creditsMinor[model])),
      ]),
      [from, to, 'without-touch', null, null, null, null, null, ...same(uncreditedMinor)],
      [from, to, 'total', null, null, null, null, null, ...same(wonMinor)],
    ];
  }),
});

/** What a kept report stands on; then the table. */
const REPORT_COLUMNS = [
  'keptAt',
  'by',
  'modelsVersion',
  'dealEventAt',
  'dealEventId',
  'interactionAt',
  'interactionId',
  'verdictAt',
  ...COLUMNS,
] as const satisfies readonly TableColumn[];

/** Each row has what the report stands on; a report without won deals has one row. */
export function attributionReportTable({ at, by, table }: AttributionReport): Table {
  const { dealEventAt, dealEventId, interactionAt, interactionId, verdictAt } = table.position;
  const stands: TableCell[] = [
    new Date(at),
    by,
    table.modelsVersion,
    timeCell(dealEventAt),
    dealEventId,
    timeCell(interactionAt),
    interactionId,
    timeCell(verdictAt),
  ];
  const { rows } = attributionTable(table);
  const none = COLUMNS.map((_, place) => [table.from, table.to, 'total'][place] ?? null);
  return { columns: REPORT_COLUMNS, rows: (rows.length === 0 ? [none] : rows).map((row) => [...stands, ...row]) };
}

const timeCell = (at: string | null): TableCell => (at === null ? null : new Date(at));
