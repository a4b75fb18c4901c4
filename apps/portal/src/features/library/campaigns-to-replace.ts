import type { AssetUses } from '#contracts';

/**
 * Campaigns whose newest files have an earlier picture, each once. What is
 * published only stays.
 */
export const campaignsToReplace = (uses: AssetUses['items']): string[] => [
  ...new Set(uses.filter(({ isNewest, isCurrent }) => isNewest && !isCurrent).map(({ campaignId }) => campaignId)),
];
