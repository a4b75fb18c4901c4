import type { PartnerStanding } from '#contracts';
import type { Table } from '#tables';

const PART_OF = {
  pointsLaunches: 'launches',
  pointsRunning: 'running',
  pointsSharedLeads: 'shared-leads',
  pointsBrand: 'brand',
} as const satisfies Record<string, PartnerStanding['parts'][number]['part']>;
const PARTS = Object.keys(PART_OF) as (keyof typeof PART_OF)[];

/** A row per partner: its step, its score, and the points that make it. */
export const standingTable = (partners: readonly PartnerStanding[]): Table => ({
  columns: ['partnerId', 'partner', 'tier', 'partnerStep', 'since', 'score', ...PARTS],
  rows: partners.map(({ partnerId, name, tier, step, since, score, parts }) => [
    partnerId,
    name,
    tier,
    step,
    since,
    score,
    ...PARTS.map((column) => parts.find(({ part }) => part === PART_OF[column])?.points ?? null),
  ]),
});
