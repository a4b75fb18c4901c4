import type { QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * Keys of cached queries that several features read or invalidate. Keys that
 * only one feature uses are in its `api.ts`. A key stands for every longer one
 * that begins with it, too: `offers` for each search in the offers.
 */
export const queryKeys = {
  /** Lists of activations. */
  activations: ['activations'],
  /** Everything about single activations. */
  activationDetails: ['activation'],
  activation: (activationId: string) => ['activation', activationId] as const,
  audience: ['audience'],
  campaign: (campaignId: string) => ['campaign', campaignId] as const,
  campaigns: ['campaigns'],
  campaignFiles: (campaignId: string) => ['campaign-files', campaignId] as const,
  campaignVersions: ['campaign-version'],
  campaignVersion: (campaignId: string, number: number | string) =>
    ['campaign-version', campaignId, String(number)] as const,
  contacts: ['contacts'],
  contactCounts: ['contacts', 'count'],
  /** Everything about single contacts. */
  contactDetails: ['contact'],
  contact: (contactId: string) => ['contact', contactId] as const,
  contactLists: ['contact-lists'],
  /** Changed files of a draft that are not in a version yet. */
  draftFiles: (campaignId: string) => ['draft-files', campaignId] as const,
  /** Costs, and what they can be entered for. */
  costs: ['costs'],
  /** By what costs and deals can be filtered, and the currencies in use. */
  costChoices: ['costs', 'choices'],
  /** Costs beside what came of them. */
  returns: ['returns'],
  /** A partner's counts and sums of deals. */
  insight: ['insight'],
  /** What won deals came from. */
  attribution: ['attribution'],
  /** Lists of deals, and single ones. */
  deals: ['deals'],
  /** Data sheets about contacts. */
  dataExports: ['data-export'],
  dryRuns: ['dry-run'],
  leads: ['leads'],
  /** The vendor's library: lists and single assets. */
  library: ['library'],
  /** What vendors share with a partner. */
  partnerLibrary: ['partner-library'],
  offers: ['offers'],
  /** A partner's tiers with its vendors. */
  ownTiers: ['own-tiers'],
  /** Everything about single offers. */
  offerDetails: ['offer'],
  /** Dates of the steps of an offer, for the current choices. */
  offerDates: ['calendar'],
  /** Definitions of a vendor; values are under `partners`. */
  partnerAttributes: ['partner-attributes'],
  /** What a partner still has to do. */
  onboarding: ['onboarding'],
  channelManagers: ['channel-managers'],
  partners: ['partners'],
  partnerGroups: ['partner-groups'],
  readyPosts: ['ready-posts'],
  sendingPreferences: ['sending-preferences'],
  sharedTotals: ['shared-totals'],
  slotTexts: (versionId: string) => ['slot-texts', versionId] as const,
  suppressions: ['suppressions'],
  /** Rules, coming drops and changes of tiers; the tier of one partner is under `partners`. */
  tiers: ['tiers'],
  vendorAttributes: ['vendor-attributes'],
  vendorTerms: ['vendor-terms'],
  vendors: ['vendors'],
} as const;

const OF_DEALS = [queryKeys.returns, queryKeys.insight, queryKeys.attribution, queryKeys.costChoices];

/** What is computed of a resource, and outdated with it. */
const COMPUTED_OF: ReadonlyMap<unknown, readonly QueryKey[]> = new Map([
  [queryKeys.deals[0], OF_DEALS],
  [queryKeys.leads[0], OF_DEALS],
  [queryKeys.costs[0], [queryKeys.returns]],
]);

/**
 * Marks all queries under the keys, and what is computed of them, as outdated, and refetches the shown ones.
 * A shown attribution is left to the sums beside it: they are in its key, and it would be computed for the old and
 * again for the new ones.
 */
export async function invalidate(client: QueryClient, ...keys: readonly QueryKey[]): Promise<void> {
  const all = new Set(keys.flatMap((key) => [key, ...(COMPUTED_OF.get(key[0]) ?? [])]));
  await Promise.all(
    [...all].map((queryKey) =>
      client.invalidateQueries({ queryKey, refetchType: queryKey === queryKeys.attribution ? 'none' : 'active' }),
    ),
  );
}
