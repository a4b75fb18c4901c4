import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BrandModule } from '#brand';
import { ContentModule } from '#content';
import { IdentityModule } from '#identity';
import { OrganisationsModule } from '#organisations';
import { CampaignSchema, CampaignVersionSchema, ReviewCommentSchema, SigningKeySchema } from './campaign.schema.js';
import { CampaignChanges } from './campaign-changes.service.js';
import { CampaignDrafts } from './campaign-drafts.service.js';
import { CampaignLibrary } from './campaign-library.service.js';
import { CampaignPreviews } from './campaign-previews.service.js';
import { CampaignPublication } from './campaign-publication.service.js';
import { CampaignReview } from './campaign-review.service.js';
import { CampaignSeals } from './campaign-seals.service.js';
import { CampaignRows } from './campaigns.repository.js';
import { PackageCompilations } from './package-compilations.service.js';
import { ManifestKeys } from './manifest-keys.service.js';
import { PublishedCampaigns } from './published-campaigns.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([CampaignSchema, CampaignVersionSchema, ReviewCommentSchema, SigningKeySchema]),
    BrandModule,
    ContentModule,
    IdentityModule,
    OrganisationsModule,
  ],
  providers: [
    CampaignRows,
    PackageCompilations,
    CampaignDrafts,
    CampaignReview,
    CampaignChanges,
    CampaignPublication,
    CampaignLibrary,
    CampaignPreviews,
    CampaignSeals,
    ManifestKeys,
    PublishedCampaigns,
  ],
  exports: [CampaignDrafts, CampaignReview, CampaignPublication, CampaignLibrary, CampaignPreviews, PublishedCampaigns],
})
export class CampaignsModule {}
