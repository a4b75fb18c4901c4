import { useCampaign, useCampaignVersion } from './api';

/** Keys of steps and names of slots by which running campaigns know them. */
export interface PublishedIds {
  readonly steps: ReadonlySet<string>;
  readonly slots: ReadonlySet<string>;
}

const NONE: PublishedIds = { steps: new Set(), slots: new Set() };

/** Those of the version that was published last: an update of running campaigns goes by them. */
export function usePublishedIds(campaignId: string): PublishedIds {
  const campaign = useCampaign(campaignId, { staleTime: 60_000 });
  const published = (campaign.data?.versions ?? []).filter(({ publishedAt }) => publishedAt !== null);
  const number = Math.max(0, ...published.map((version) => version.number));
  const version = useCampaignVersion(campaignId, number, { enabled: number > 0, staleTime: Number.POSITIVE_INFINITY });
  if (version.data === undefined) return NONE;
  return {
    steps: new Set(version.data.sequence.steps.map(({ key }) => key)),
    slots: new Set(version.data.slots.map(({ name }) => name)),
  };
}
