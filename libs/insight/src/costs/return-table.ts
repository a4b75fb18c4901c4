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
  returns.roi,
];

/**
 * A row per campaign of a vendor; what is of no single campaign last, and then the
 * total, which has the sums without names, too.
 */
export const vendorReturnTable = ({ campaigns, total }: VendorReturns): Table => ({
  columns: [
    'row-kind',
    'campaignId',
    'campaign',
    'costs',
    'leads',
    'amountsInMinorUnits',
    'wonByName',
    'wonTogether',
    'costPerLead',
    'roi',
  ],
  rows: campaigns.map(({ campaignId, title, titles, ...returns }) => [
    'campaign',
    campaignId,
    campaignCell(title, titles),
    ...vendorCells({ ...returns, wonByName: returns.won, wonTogether: [] }),
  ]),
  total: ['total', null, null, ...vendorCells(total)],
});

const vendorCells = ({ costs, leads, won, wonByName, wonTogether, costPerLead, roi }: VendorReturns['total']) => [
  amountsCell(costs),
  leads,
  amountsCell(won),
  amountsCell(wonByName),
  amountsCell(wonTogether),
  amountsCell(costPerLead),
  roi,
];
