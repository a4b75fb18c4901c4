import type { PartnerFirstResults, VendorFirstResults } from '#contracts';
import { campaignCell, type Table } from '#tables';

const KINDS = ['lead', 'deal', 'won'] as const;

/** A row per campaign of a partner and kind of first result. */
export const firstResultTable = ({ campaigns }: PartnerFirstResults): Table => ({
  columns: ['campaignId', 'campaign', 'firstResult', 'launches', 'reached', 'medianDays'],
  rows: campaigns.flatMap((campaign) =>
    KINDS.map((kind) => [
      campaign.campaignId,
      campaignCell(campaign.title, campaign.titles),
      kind,
      campaign.launches,
      campaign[kind].launches,
      campaign[kind].medianDays,
    ]),
  ),
});

/** A row per campaign of a vendor and median, in which band it is. */
export const firstResultBandTable = ({ campaigns }: Pick<VendorFirstResults, 'campaigns'>): Table => ({
  columns: ['campaignId', 'campaign', 'firstResult', 'from', 'partners', 'median-from', 'median-to'],
  rows: campaigns.flatMap(({ campaignId, title, titles, medians }) =>
    medians.map(({ kind, startsOn, partners, fromDays, toDays }) => [
      campaignId,
      campaignCell(title, titles),
      kind,
      startsOn,
      partners,
      fromDays,
      toDays,
    ]),
  ),
});
