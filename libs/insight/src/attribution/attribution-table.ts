import { ATTRIBUTION_MODELS, type AttributionTable } from '#contracts';
import { amountsCell, campaignCell, stepCell, type Table, type TableCell, type TableColumn } from '#tables';

/** What is credited, and the credits by model. */
const COLUMNS = [
  'from',
  'to',
  'row-kind',
  'campaignId',
  'campaign',
  'step',
  'source',
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
    const money = (minorUnits: number): TableCell => amountsCell([{ minorUnits, currency }]);
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
        ...ATTRIBUTION_MODELS.map((model) => money(creditsMinor[model])),
      ]),
      [from, to, 'without-touch', null, null, null, null, ...same(uncreditedMinor)],
      [from, to, 'total', null, null, null, null, ...same(wonMinor)],
    ];
  }),
});
