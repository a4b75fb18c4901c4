import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AssetsModule } from '#assets';
import { BrandModule } from '#brand';
import { ContentModule } from '#content';
import { IdentityModule } from '#identity';
import { NotificationsModule } from '#notifications';
import { OrganisationsModule } from '#organisations';
import { SealModule } from '#seal';
import { CampaignSchema, CampaignVersionSchema, ReviewCommentSchema } from './campaign.schema.js';
import { BrandLogos } from './brand-logos.service.js';
import { CampaignArchive } from './campaign-archive.service.js';
import { CampaignChanges } from './campaign-changes.service.js';
import { CampaignComments } from './campaign-comments.service.js';
import { CampaignCopies } from './campaign-copies.service.js';
import { CampaignDrafts } from './campaign-drafts.service.js';
import { CampaignEditing } from './campaign-editing.service.js';
import { CampaignLibrary } from './campaign-library.service.js';
import { CampaignPreviews } from './campaign-previews.service.js';
import { SampleDryRuns } from './sample-dry-runs.service.js';
import { CampaignPublication } from './campaign-publication.service.js';
import { CampaignReview } from './campaign-review.service.js';
import { CampaignWork } from './campaign-work.service.js';
import { TestWinners } from './test-winners.service.js';
import { OpenCampaigns } from './open-campaigns.service.js';
import { CampaignSeals } from './campaign-seals.service.js';
import { SealedContents } from './sealed-contents.service.js';
import { Lifetimes } from './lifetimes/lifetimes.service.js';
import { OldContents } from './lifetimes/old-content.service.js';
import { AssetUsers } from './recalls/asset-users.service.js';
import { RecalledImages } from './recalls/recalled-images.service.js';
import { RecallScopes } from './recalls/recall-scopes.service.js';
import { RecallsInForce } from './recalls/recalls-in-force.service.js';
import { Recalls } from './recalls/recalls.service.js';
import { CampaignTags } from './campaign-tags.service.js';
import { CampaignsRepository } from './campaigns.repository.js';
import { DraftFilesRepository } from './draft-files.repository.js';
import { DraftFiles } from './draft-files.service.js';
import { EditChecks } from './edit-checks.service.js';
import { LibraryPictures } from './library-pictures.service.js';
import { LibraryUses } from './library-uses.service.js';
import { LinkChecks } from './link-checks.service.js';
import { NewsletterDrafts } from './newsletter-drafts.service.js';
import { PackageCompilations } from './package-compilations.service.js';
import { PackageQuota } from './package-quota.service.js';
import { CampaignAudiences } from './campaign-audiences.service.js';
import { LaunchPeriods } from './launch-periods.service.js';
import { OfferedCampaigns } from './offered-campaigns.service.js';
import { PublishedVersions } from './published-versions.service.js';
import { PublishedManifests } from './published-manifests.service.js';
import { StoredBlobs } from './stored-blobs.service.js';
import { TestMails } from './test-mails.service.js';
import { ReviewMail } from './review-mail.service.js';
import { ShippedPreviews } from './shipped-previews.service.js';
import { ShippedRendering } from './shipped-rendering.service.js';
import { SampleArtwork } from './sample-artwork.service.js';
import { CampaignPlan } from './campaign-plan.service.js';
import { CampaignTexts } from './campaign-texts.service.js';
import { SubmissionChecks } from './submission-checks.service.js';
import { TranslationDesk } from './translation-desk.service.js';
import { TranslationPost } from './translation-post.service.js';
import { TranslationRequests } from './translation-requests.service.js';
import { TranslationReviewers } from './translation-reviewers.service.js';
import { TranslationsRepository } from './translations.repository.js';
import { VendorSigningKeys } from './vendor-signing-keys.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([CampaignSchema, CampaignVersionSchema, ReviewCommentSchema]),
    AssetsModule,
    BrandModule,
    ContentModule,
    IdentityModule,
    NotificationsModule,
    OrganisationsModule,
    SealModule,
  ],
  providers: [
    CampaignsRepository,
    DraftFilesRepository,
    DraftFiles,
    CampaignTexts,
    TranslationsRepository,
    TranslationReviewers,
    TranslationDesk,
    TranslationPost,
    TranslationRequests,
    SubmissionChecks,
    TestMails,
    BrandLogos,
    PackageCompilations,
    PackageQuota,
    StoredBlobs,
    CampaignDrafts,
    CampaignCopies,
    NewsletterDrafts,
    ShippedPreviews,
    ShippedRendering,
    SampleArtwork,
    CampaignReview,
    CampaignWork,
    OpenCampaigns,
    CampaignPlan,
    ReviewMail,
    CampaignComments,
    CampaignChanges,
    CampaignPublication,
    CampaignArchive,
    CampaignTags,
    CampaignLibrary,
    CampaignPreviews,
    SampleDryRuns,
    CampaignEditing,
    EditChecks,
    LibraryPictures,
    LibraryUses,
    LinkChecks,
    CampaignSeals,
    TestWinners,
    SealedContents,
    PublishedManifests,
    VendorSigningKeys,
    CampaignAudiences,
    LaunchPeriods,
    OfferedCampaigns,
    PublishedVersions,
    Lifetimes,
    OldContents,
    AssetUsers,
    RecalledImages,
    Recalls,
    RecallsInForce,
    RecallScopes,
  ],
  exports: [
    TestWinners,
    NewsletterDrafts,
    BrandLogos,
    LibraryPictures,
    StoredBlobs,
    CampaignDrafts,
    CampaignCopies,
    ShippedPreviews,
    ShippedRendering,
    SampleArtwork,
    CampaignReview,
    CampaignWork,
    OpenCampaigns,
    CampaignPlan,
    CampaignComments,
    CampaignPublication,
    CampaignArchive,
    CampaignTags,
    CampaignLibrary,
    CampaignPreviews,
    SampleDryRuns,
    CampaignEditing,
    DraftFiles,
    TranslationDesk,
    TranslationRequests,
    TranslationReviewers,
    TestMails,
    EditChecks,
    LinkChecks,
    CampaignAudiences,
    LaunchPeriods,
    OfferedCampaigns,
    PublishedVersions,
    PublishedManifests,
    Lifetimes,
    OldContents,
    AssetUsers,
    RecalledImages,
    Recalls,
    RecallsInForce,
    RecallScopes,
    VendorSigningKeys,
  ],
})
export class CampaignsModule {}
