import type { PartnerReturns, Returns, VendorReturns } from '#contracts';
import { amountsCell, campaignCell, type Table, type TableCell, type TableColumn, valueName } from '#tables';

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
    tacticCell(tactic),
    amountsCell(costs),
    amountsCell(won),
    roi,
  ]),
  total: [from, to, model, 'total', null, amountsCell(total.costs), amountsCell(total.won), total.roi],
});

/** A row per tactic of a vendor's costs since the start; what is of no single tactic last, and then the total. */
export const vendorTacticTable = ({
  tactics,
  costs: total,
}: Pick<VendorReturns, 'tactics'> & Pick<VendorReturns['total'], 'costs'>): Table => ({
  columns: ['row-kind', 'tactic', 'costs'],
  rows: tactics.map(({ tactic, costs }) => ['tactic', tacticCell(tactic), amountsCell(costs)]),
  total: ['total', null, amountsCell(total)],
});

/** Readers get a name for what is of no single tactic, as for campaigns; for programs it is empty. */
const tacticCell = (tactic: PartnerReturns['tactics'][number]['tactic']): TableCell =>
  tactic ?? { forPrograms: '', forReaders: (language) => valueName(language, 'tactic', 'none') };

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
  columns: VENDOR_COLUMNS,
  rows: [
    ...campaigns.map(({ campaignId, title, titles, ...returns }) =>
      vendorRow({
        'row-kind': 'campaign',
        campaignId,
        campaign: campaignCell(title, titles),
        ...vendorCells({ ...returns, wonByName: returns.won, wonTogether: [] }),
      }),
    ),
    ...partners.map(({ partnerId, name, costs, won }) =>
      vendorRow({
        'row-kind': 'partner',
        partnerId,
        partner: name,
        shared: won === null ? 'no' : 'yes',
        costs: amountsCell(costs),
        amountsInMinorUnits: amountsCell(won ?? []),
        wonByName: amountsCell(won ?? []),
      }),
    ),
    ...tactics.map(({ tactic, costs }) =>
      vendorRow({ 'row-kind': 'tactic', tactic: tacticCell(tactic), costs: amountsCell(costs) }),
    ),
  ],
  total: vendorRow({ 'row-kind': 'total', ...vendorCells(total) }),
});

const VENDOR_COLUMNS = [
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
] as const satisfies readonly TableColumn[];

type VendorCells = Partial<Readonly<Record<(typeof VENDOR_COLUMNS)[number], TableCell>>>;

/** Cells in the order of the columns. */
const vendorRow = (cells: VendorCells): TableCell[] => VENDOR_COLUMNS.map((column) => cells[column] ?? null);

const vendorCells = (returns: VendorReturns['total']): VendorCells => ({
  costs: amountsCell(returns.costs),
  leads: returns.leads,
  amountsInMinorUnits: amountsCell(returns.won),
  wonByName: amountsCell(returns.wonByName),
  wonTogether: amountsCell(returns.wonTogether),
  open: amountsCell(returns.open ?? []),
  pipelinePerCost: returns.pipelinePerCost,
  costPerLead: amountsCell(returns.costPerLead),
  roi: returns.roi,
});
