import type { DealRole } from '#contracts';
import { type DisclosedDeal, type SharedDeal, titleIn } from '#leads';
import { valueName } from '#tables';
import { campaignCell, moneyCell, type TableCell, type TableColumn } from '../http/csv-table.js';

const OF_THE_DEAL = ['stage', 'amount', 'currency', 'refunded', 'expectedOn', 'closedOn'] as const;

/** Columns of deals of other partners in which a partner takes part. */
export const SHARED_COLUMNS = [
  'id',
  'deal',
  'partner',
  'role',
  ...OF_THE_DEAL,
  'acceptedAt',
] as const satisfies readonly TableColumn[];

/** Columns of deals that partners show to a vendor. */
export const DISCLOSED_COLUMNS = [
  'id',
  'deal',
  'campaignId',
  'campaign',
  'partnerId',
  'partner',
  'role',
  'participants',
  ...OF_THE_DEAL,
  'sharedBy',
  'sharedAt',
] as const satisfies readonly TableColumn[];

type Copy = Pick<SharedDeal, 'stage' | 'amount' | 'refundedMinor' | 'expectedOn' | 'closedOn'>;

function cellsOf({ stage, amount, refundedMinor, expectedOn, closedOn }: Copy): TableCell[] {
  const refunded = amount === null || refundedMinor === 0 ? null : { ...amount, minorUnits: refundedMinor };
  return [stage, moneyCell(amount), null, moneyCell(refunded), expectedOn, closedOn];
}

/** In `SHARED_COLUMNS`. */
export const sharedDealCells = (deal: SharedDeal): TableCell[] => [
  deal.id,
  deal.name,
  deal.partnerName,
  deal.role,
  ...cellsOf(deal),
  deal.acceptedAt,
];

/** In `DISCLOSED_COLUMNS`. */
export const disclosedDealCells = (deal: DisclosedDeal): TableCell[] => [
  deal.id,
  deal.name,
  deal.campaignId,
  campaignCell(titleIn(deal.titles, deal.locale), deal.titles),
  deal.partnerId,
  deal.partnerName,
  deal.role,
  participantsCell(deal.participants),
  ...cellsOf(deal),
  deal.sharedBy,
  deal.sharedAt,
];

/** `Southern Cloud (influenced); Kessler IT (fulfilled)`. */
function participantsCell(participants: readonly { readonly name: string; readonly role: DealRole }[]): TableCell {
  const text = (roleName: (role: DealRole) => string): string =>
    participants.map(({ name, role }) => `${name} (${roleName(role)})`).join('; ');
  return {
    forPrograms: text((role) => role),
    forReaders: (language) => text((role) => valueName(language, 'role', role)),
  };
}
