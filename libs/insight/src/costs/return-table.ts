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

/** A row per campaign of a partner; what is of no single campaign last. */
export const partnerReturnTable = ({ from, to, campaigns }: PartnerReturns): Table => ({
  columns: ['from', 'to', 'campaignId', 'campaign', ...PARTNER_COLUMNS],
  rows: campaigns.map(({ campaignId, title, ...returns }) => [
    from,
    to,
    campaignId,
    campaignCell(title),
    ...returnCells(returns),
  ]),
});

/** A row per tactic of a partner; what is of no single tactic last. */
export const tacticReturnTable = ({ from, to, model, tactics }: PartnerReturns): Table => ({
  columns: ['from', 'to', 'model', 'tactic', 'costs', 'amountsInMinorUnits', 'roi'],
  rows: tactics.map(({ tactic, costs, won, roi }) => [
    from,
    to,
    model,
    tactic,
    amountsCell(costs),
    amountsCell(won),
    roi,
  ]),
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

/** A row per campaign of a vendor; what is of no single campaign last. */
export const vendorReturnTable = ({ campaigns }: VendorReturns): Table => ({
  columns: ['campaignId', 'campaign', 'costs', 'leads', 'amountsInMinorUnits', 'costPerLead', 'roi'],
  rows: campaigns.map(({ campaignId, title, costs, leads, won, costPerLead, roi }) => [
    campaignId,
    campaignCell(title),
    amountsCell(costs),
    leads,
    amountsCell(won),
    amountsCell(costPerLead),
    roi,
  ]),
});
