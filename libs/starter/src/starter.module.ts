import { Module } from '@nestjs/common';
import { ActivationsModule, LaunchModule } from '#activations';
import { AssetsModule } from '#assets';
import { BrandModule } from '#brand';
import { CampaignsModule } from '#campaigns';
import { ContactsModule } from '#contacts';
import { IdentityModule } from '#identity';
import { InsightModule } from '#insight';
import { JoiningModule, TermsModule } from '#joining';
import { LeadsModule } from '#leads';
import { NewslettersModule } from '#newsletters';
import { OrganisationsModule } from '#organisations';
import { SavedViewsModule } from '#saved-views';
import { TiersModule } from '#tiers';
import { DryRunsModule, ForecastsModule, StepRecordsModule } from '#sequences';
import { HistoryModule } from './history/history.module.js';
import { SeedAttributes } from './seed-attributes.service.js';
import { SeedBrands } from './seed-brands.service.js';
import { SeedCampaigns } from './seed-campaigns.service.js';
import { SeedConsents } from './seed-consents.service.js';
import { SeedContactLists } from './seed-contact-lists.service.js';
import { SeedDistribution } from './seed-distribution.service.js';
import { SeedFirstLaunch } from './seed-first-launch.service.js';
import { SeedForecast } from './seed-forecast.service.js';
import { SeedLibrary } from './seed-library.service.js';
import { SeedNewsletters } from './seed-newsletters.service.js';
import { SeedSavedViews } from './seed-saved-views.service.js';
import { SeedPartners } from './seed-partners.service.js';
import { SeedProgramme } from './seed-programme.service.js';
import { SeedCosts } from './seed-costs.service.js';
import { SeedDeals } from './seed-deals.service.js';
import { SeedSharedDeals } from './seed-shared-deals.service.js';
import { SeedSharedLead } from './seed-shared-lead.service.js';
import { SeedTerms } from './seed-terms.service.js';
import { SeedTiers } from './seed-tiers.service.js';
import { SeedUsers } from './seed-users.service.js';
import { SeedTranslations } from './seed-translations.service.js';
import { SeedUpdate } from './seed-update.service.js';
import { SeedVendor } from './seed-vendor.service.js';
import { Starter } from './starter.service.js';

@Module({
  imports: [
    ActivationsModule,
    AssetsModule,
    BrandModule,
    CampaignsModule,
    ContactsModule,
    DryRunsModule,
    ForecastsModule,
    HistoryModule,
    IdentityModule,
    InsightModule,
    JoiningModule,
    TermsModule,
    LaunchModule.with([StepRecordsModule, LeadsModule]),
    LeadsModule,
    NewslettersModule,
    OrganisationsModule,
    SavedViewsModule,
    TiersModule,
  ],
  providers: [
    SeedAttributes,
    SeedBrands,
    SeedCampaigns,
    SeedTranslations,
    SeedConsents,
    SeedContactLists,
    SeedDistribution,
    SeedFirstLaunch,
    SeedForecast,
    SeedLibrary,
    SeedNewsletters,
    SeedPartners,
    SeedSavedViews,
    SeedProgramme,
    SeedCosts,
    SeedDeals,
    SeedSharedDeals,
    SeedSharedLead,
    SeedTerms,
    SeedTiers,
    SeedUpdate,
    SeedUsers,
    SeedVendor,
    Starter,
  ],
  exports: [Starter],
})
export class StarterModule {}
