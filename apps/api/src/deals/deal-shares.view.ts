import type { DealShareView, DisclosedDealView, SharedDealView } from '#contracts';
import { type DealShare, type ListedDisclosedDeal, type SharedDeal, titleIn } from '#leads';

/** A share as the partner of the deal sees it. */
export const dealShareView = (share: DealShare): DealShareView => ({
  id: share.id,
  role: share.role,
  participantName: share.participantName,
  name: share.name,
  sharedBy: share.sharedBy,
  sharedAt: share.sharedAt.toISOString(),
  acceptedAt: share.acceptedAt?.toISOString() ?? null,
});

/** A deal as a partner sees it that takes part. */
export const sharedDealView = ({ acceptedAt, ...deal }: SharedDeal): SharedDealView => ({
  ...deal,
  acceptedAt: acceptedAt.toISOString(),
});

/** A deal as the vendor sees it. */
export function disclosedDealView(disclosed: ListedDisclosedDeal): DisclosedDealView {
  const { sortKey: _, titles, locale, sharedAt, participants, ...deal } = disclosed;
  return {
    ...deal,
    campaignTitle: titleIn(titles, locale),
    campaignTitles: { ...titles },
    participants: [...participants],
    sharedAt: sharedAt.toISOString(),
  };
}
