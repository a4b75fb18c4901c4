import type { PartnerReturns, Returns, VendorReturns } from '#contracts';
import { amountsCell, campaignCell, type Table, type TableCell, type TableColumn } from '#tables';

const PARTNER_COLUMNS = [
  'costs',
  'leads',
  'wonDeals',
  'open',
  'amountsInMinorUnits',
  'costPerLead',
  'costPerWonDeal',
  'pipelinePerCost',
  'roi',
] as const satisfies readonly TableColumn[];

/** A row per campaign of a partner; what is of no single campaign last, and then the total. */
export const partnerReturnTable = ({ from, to, campaigns, total }: PartnerReturns): Table => ({
  columns: ['from', 'to', 'row-kind', 'campaignId', 'campaign', ...PARTNER_COLUMNS],
  rows: campaigns.map(({ campaignId, title, titles, ...returns }) => [
    from,
    to,
    'campaign',
    campaignId,
    campaignCell(title, titles),
    ...returnCells(returns),
  ]),
  total: [from, to, 'total', null, null, ...returnCells(total)],
});

/** A row per tactic of a partner; what is of no single tactic last, and then the total. */
export const tacticReturnTable = ({ from, to, model, tactics, total }: PartnerReturns): Table => ({
  columns: ['from', 'to', 'model', 'row-kind', 'tactic', 'costs', 'amountsInMinorUnits', 'roi'],
  rows: tactics.map(({ tactic, costs, won, roi }) => [
    from,
    to,
    model,
    'tactic',
    tactic,
    amountsCell(costs),
    amountsCell(won),
    roi,
  ]),
  total: [from, to, model, 'total', null, amountsCell(total.costs), amountsCell(total.won), total.roi],
});

const returnCells = (returns: Returns): TableCell[] => [
  amountsCell(returns.costs),
  returns.leads,
  returns.wonDeals,
  amountsCell(returns.open),
  amountsCell(returns.won),
  amountsCell(returns.costPerLead),
  amountsCell(returns.costPerWonDeal),
  returns.pipelinePerCost,
  returns.roi,
];

/**
 * Rows of a vendor by `row-kind`: each campaign, each partner that costs name, and
 * each tactic; what is of no single one last in its kind. Then the total, which has
 * the sums without names, too. Each kind divides the same costs.
 */
export const vendorReturnTable = ({ campaigns, partners, tactics, total }: VendorReturns): Table => ({
  columns: [
    'row-kind',
    'campaignId',
    'campaign',
    'partnerId',
    'partner',
    'shared',
    'tactic',
    'costs',
    'leads',
    'amountsInMinorUnits',
    'wonByName',
    'wonTogether',
    'open',
    'pipelinePerCost',
    'costPerLead',
    'roi',
  ],
  rows: [
    ...campaigns.map(({ campaignId, title, titles, ...returns }) => [
      'campaign',
      campaignId,
      campaignCell(title, titles),
      ...[null, null, null, null],
      ...vendorCells({ ...returns, wonByName: returns.won, wonTogether: [] }),
    ]),
    ...partners.map(({ partnerId, name, costs, won }) => [
      'partner',
      ...[null, null],
      partnerId,
      name,
      won === null ? 'no' : 'yes',
      null,
      amountsCell(costs),
      null,
      ...[amountsCell(won ?? []), amountsCell(won ?? [])],
      ...NOT_OF_A_CAMPAIGN,
    ]),
    ...tactics.map(({ tactic, costs }) => [
      'tactic',
      ...[null, null, null, null, null],
      tactic,
      amountsCell(costs),
      ...[null, null, null],
      ...NOT_OF_A_CAMPAIGN,
    ]),
  ],
  total: ['total', ...[null, null, null, null, null, null], ...vendorCells(total)],
});

/** Cells from `wonTogether` on. */
const NOT_OF_A_CAMPAIGN = [null, null, null, null, null] as const;

const vendorCells = (returns: VendorReturns['total']): TableCell[] => [
  amountsCell(returns.costs),
  returns.leads,
  amountsCell(returns.won),
  amountsCell(returns.wonByName),
  amountsCell(returns.wonTogether),
  amountsCell(returns.open ?? []),
  returns.pipelinePerCost,
  amountsCell(returns.costPerLead),
  returns.roi,
];
