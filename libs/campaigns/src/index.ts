export { CampaignsModule } from './campaigns.module.js';
export { NewsletterDrafts } from './newsletter-drafts.service.js';
export { CampaignCopies } from './campaign-copies.service.js';
export { ShippedPreviews } from './shipped-previews.service.js';
export { ShippedRendering } from './shipped-rendering.service.js';
export type { Layout, LayoutContent } from './layout-package.js';
export { CampaignDrafts } from './campaign-drafts.service.js';
export { CampaignComments } from './campaign-comments.service.js';
export { CampaignReview } from './campaign-review.service.js';
export { CampaignPlan } from './campaign-plan.service.js';
export { type OpenCampaign, OpenCampaigns } from './open-campaigns.service.js';
export { CampaignWork } from './campaign-work.service.js';
export { CampaignTags } from './campaign-tags.service.js';
export { CampaignArchive } from './campaign-archive.service.js';
export { CampaignPublication } from './campaign-publication.service.js';
export { type SampleDryRun, SampleDryRuns } from './sample-dry-runs.service.js';
export { CampaignLibrary, type VersionDetail } from './campaign-library.service.js';
export { BrandLogos } from './brand-logos.service.js';
export { CampaignPreviews } from './campaign-previews.service.js';
export { SAMPLE_PARTNER, sampleReader } from './sample-brand.js';
export { masterOf, type Preview, sampleLogosOf } from './sample-preview.js';
export { CampaignEditing } from './campaign-editing.service.js';
export { DraftFiles, type DraftFileDetail } from './draft-files.service.js';
export { LibraryPictures, type Replacement } from './library-pictures.service.js';
export { type Desk, TranslationDesk } from './translation-desk.service.js';
export { TranslationRequests } from './translation-requests.service.js';
export { TranslationReviewers } from './translation-reviewers.service.js';
export type { StoredTranslation } from './translation.js';
export { TestMails } from './test-mails.service.js';
export { StoredBlobs } from './stored-blobs.service.js';
export { SampleArtwork } from './sample-artwork.service.js';
export { type LogoSurface, sampleLogo } from './sample-logo.js';
export { EditChecks } from './edit-checks.service.js';
export { CampaignAudiences, type OfferToday } from './campaign-audiences.service.js';
export { LaunchPeriods } from './launch-periods.service.js';
export { OfferedCampaigns } from './offered-campaigns.service.js';
export type { OfferActor, OfferedVersion, PublishedVersion } from './published-version.js';
export { PublishedVersions } from './published-versions.service.js';
export { PublishedManifests } from './published-manifests.service.js';
export {
  covers,
  isWhole,
  type Output,
  type Recall,
  type RecallId,
  recallOf,
  type RecallScope,
  stopsEverything,
  type Tactic,
} from './recalls/recall.js';
export { noticeDue } from './lifetimes/lifetime.js';
export { Lifetimes } from './lifetimes/lifetimes.service.js';
export { OldContents } from './lifetimes/old-content.service.js';
export { AssetUsers } from './recalls/asset-users.service.js';
export { RecalledImages } from './recalls/recalled-images.service.js';
export { RecallsInForce } from './recalls/recalls-in-force.service.js';
export { Recalls } from './recalls/recalls.service.js';
export { type RecallRequest, RecallScopes, type ScopedRecall } from './recalls/recall-scopes.service.js';
export { VendorSigningKeys } from './vendor-signing-keys.service.js';
export { LinkChecks } from './link-checks.service.js';
export {
  CAMPAIGN_RETIRED,
  CARRY_OUT_RECALL,
  VERSION_EXTENDED,
  CHECK_EDIT,
  CHECK_LINKS,
  EXPECT_EDITS,
  SHOW_ARTWORK,
  SHOW_CANVAS,
  SHOW_SHIPPED,
  type ShownCanvas,
} from './campaigns.jobs.js';
export type { CampaignVersion } from './campaign-version.js';
export type { Campaign } from './campaign.schema.js';
export type { CommentThread, ReviewCommentId } from './review-comment.js';
export type { CampaignWithVersions } from './campaigns.repository.js';
export { TestWinners } from './test-winners.service.js';
