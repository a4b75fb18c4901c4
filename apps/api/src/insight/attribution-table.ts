import { ATTRIBUTION_MODELS, type AttributionTable } from '#contracts';
import { campaignCell, moneyCell, stepCell, type TableCell, type TableColumn } from '../http/csv-table.js';

/** The columns of an attribution: what is credited, and the credits by model. */
export const ATTRIBUTION_COLUMNS = [
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
export const attributionRows = ({ from, to, currencies }: AttributionTable): TableCell[][] =>
  currencies.flatMap(({ currency, wonMinor, uncreditedMinor, rows }) => {
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
  });
