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

/** By currency: a row for each step and page. Last, again by currency, one for deals without a touch, and the sum. */
export const attributionTable = ({
  from,
  to,
  currencies,
}: Pick<AttributionTable, 'from' | 'to' | 'currencies'>): AttributionRows => ({
  columns: COLUMNS,
  rows: currencies.flatMap(({ currency, rows }) =>
    rows.map(({ channel: { campaignId, title, titles, stepKey, name, source }, creditsMinor }) => [
      from,
      to,
      'channel',
      campaignId,
      campaignCell(title, titles),
      stepKey === null ? null : stepCell(stepKey, name === null ? [] : [name]),
      source,
      null,
      ...ATTRIBUTION_MODELS.map((model) => moneyCell({ minorUnits: creditsMinor[model], currency })),
    ]),
  ),
  last: currencies.flatMap(({ currency, wonMinor, uncreditedMinor }) => {
    const same = (minorUnits: number): TableCell[] => ATTRIBUTION_MODELS.map(() => moneyCell({ minorUnits, currency }));
    return [
      [from, to, 'without-touch', null, null, null, null, null, ...same(uncreditedMinor)],
      [from, to, 'total', null, null, null, null, null, ...same(wonMinor)],
    ];
  }),
});

type AttributionRows = Required<Pick<Table, 'columns' | 'rows' | 'last'>>;

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
  const { rows, last } = attributionTable(table);
  const none = COLUMNS.map((_, place) => [table.from, table.to, 'total'][place] ?? null);
  const withStands = (some: Table['rows']): Table['rows'] => some.map((row) => [...stands, ...row]);
  return {
    columns: REPORT_COLUMNS,
    rows: withStands(rows),
    last: withStands(rows.length + last.length === 0 ? [none] : last),
  };
}

const timeCell = (at: string | null): TableCell => (at === null ? null : new Date(at));
