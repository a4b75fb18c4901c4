import type { PartnerReturns, Returns, VendorReturns } from '#contracts';
import {
  campaignCell,
  moneyCell,
  type Table,
  type TableCell,
  type TableColumn,
  valueName,
  withheldCell,
} from '#tables';

const PARTNER_COLUMNS = [
  'currency',
  'costs',
  'leads',
  'wonDeals',
  'open',
  'money-won',
  'costPerLead',
  'costPerWonDeal',
  'pipelinePerCost',
  'roi',
] as const satisfies readonly TableColumn[];

/** A row per campaign of a partner; what is of no campaign last, and then the total. */
export const partnerReturnTable = ({ from, to, campaigns, total }: PartnerReturns): Table => ({
  columns: ['from', 'to', 'row-kind', 'campaignId', 'campaign', ...PARTNER_COLUMNS],
  rows: campaigns.map(({ campaignId, title, titles, ...returns }) => [
    from,
    to,
    kindOf(campaignId),
    campaignId,
    campaignCell(title, titles),
    ...returnCells(returns),
  ]),
  last: [[from, to, 'total', null, null, ...returnCells(total)]],
});

/** A row per tactic of a partner; what is of no single tactic last, and then the total. */
export const tacticReturnTable = ({ from, to, model, tactics, total }: PartnerReturns): Table => ({
  columns: ['from', 'to', 'model', 'row-kind', 'tactic', 'currency', 'costs', 'money-won', 'roi'],
  rows: tactics.map(({ tactic, costs, won, roi }) => [
    from,
    to,
    model,
    'tactic',
    tacticCell(tactic),
    null,
    moneyCell(costs),
    moneyCell(won),
    roi,
  ]),
  last: [[from, to, model, 'total', null, null, moneyCell(total.costs), moneyCell(total.won), total.roi]],
});

/** A row per tactic of a vendor's costs since the start; what is of no single tactic last, and then the total. */
export const vendorTacticTable = ({
  tactics,
  costs: total,
}: Pick<VendorReturns, 'tactics'> & Pick<VendorReturns['total'], 'costs'>): Table => ({
  columns: ['row-kind', 'tactic', 'currency', 'costs'],
  rows: tactics.map(({ tactic, costs }) => ['tactic', tacticCell(tactic), null, moneyCell(costs)]),
  last: [['total', null, null, moneyCell(total)]],
});

/** Readers get a name for what is of no single tactic, as for campaigns; for programs it is empty. */
const tacticCell = (tactic: PartnerReturns['tactics'][number]['tactic']): TableCell =>
  tactic ?? { forPrograms: '', forReaders: (language) => valueName(language, 'tactic', 'none') };

const kindOf = (campaignId: string | null): string => (campaignId === null ? 'without-campaign' : 'campaign');

const returnCells = (returns: Returns): TableCell[] => [
  null,
  moneyCell(returns.costs),
  returns.leads,
  returns.wonDeals,
  moneyCell(returns.open),
  moneyCell(returns.won),
  moneyCell(returns.costPerLead),
  moneyCell(returns.costPerWonDeal),
  returns.pipelinePerCost,
  returns.roi,
];

/**
 * Rows of a vendor by `row-kind`: each campaign, each partner that costs name, and
 * each tactic; what is of no single one last in its kind. Then the total, which has
 * the sums without names, too. Each kind divides the same costs.
 */
export const vendorReturnTable = ({ showing, campaigns, partners, tactics, total }: VendorReturns): Table => ({
  columns: VENDOR_COLUMNS,
  rows: [
    ...campaigns.map(({ campaignId, title, titles, ...returns }) =>
      vendorRow({
        'row-kind': kindOf(campaignId),
        campaignId,
        campaign: campaignCell(title, titles),
        ...vendorCells({ ...returns, wonByName: returns.won, wonTogether: [] }, showing),
      }),
    ),
    ...partners.map(({ partnerId, name, costs, won }) =>
      vendorRow({
        'row-kind': 'partner',
        partnerId,
        partner: name,
        shared: won === null ? 'no' : 'yes',
        costs: moneyCell(costs),
        'money-won': shownMoney(won),
        wonByName: shownMoney(won),
      }),
    ),
    ...tactics.map(({ tactic, costs }) =>
      vendorRow({ 'row-kind': 'tactic', tactic: tacticCell(tactic), costs: moneyCell(costs) }),
    ),
  ],
  last: [vendorRow({ 'row-kind': 'total', ...vendorCells(total, showing) })],
});

const VENDOR_COLUMNS = [
  'row-kind',
  'campaignId',
  'campaign',
  'partnerId',
  'partner',
  'shared',
  'tactic',
  'currency',
  'costs',
  'leads',
  'money-won',
  'wonByName',
  'wonTogether',
  'open',
  'pipelinePerCost',
  'costPerLead',
  'roi',
] as const satisfies readonly TableColumn[];

type VendorCells = Partial<Readonly<Record<(typeof VENDOR_COLUMNS)[number], TableCell>>>;

/** @param amounts null: not for the reader. */
const shownMoney = (amounts: Returns['won'] | null): TableCell =>
  amounts === null ? withheldCell('not-shown') : moneyCell(amounts);

/** Cells in the order of the columns. */
const vendorRow = (cells: VendorCells): TableCell[] => VENDOR_COLUMNS.map((column) => cells[column] ?? null);

/** @param showing partners that show their totals: of none, nothing is known but sums without names. */
const vendorCells = (returns: VendorReturns['total'], showing: number): VendorCells => ({
  costs: moneyCell(returns.costs),
  leads: showing === 0 ? withheldCell('not-shown') : returns.leads,
  'money-won': shownMoney(showing + returns.wonTogether.length === 0 ? null : returns.won),
  wonByName: shownMoney(showing === 0 ? null : returns.wonByName),
  wonTogether: moneyCell(returns.wonTogether),
  open: shownMoney(returns.open),
  pipelinePerCost: returns.pipelinePerCost,
  costPerLead: moneyCell(returns.costPerLead),
  roi: returns.withoutRoi === 'not-shown' ? withheldCell('not-shown') : returns.roi,
});
