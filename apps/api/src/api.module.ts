import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { ActivationsModule } from '#activations';
import { BrandModule } from '#brand';
import { CampaignsModule } from '#campaigns';
import { ContactsModule } from '#contacts';
import { ContentModule } from '#content';
import { DeliveryModule } from '#delivery';
import { EngagementModule, MailboxProgressModule, ProviderEventsModule } from '#engagement';
import { IdentityModule } from '#identity';
import { InsightModule } from '#insight';
import { LeadsModule } from '#leads';
import { OrganisationsModule } from '#organisations';
import { PrivacyModule } from '#privacy';
import { DryRunsModule, SendingWatchModule, StepRecordsModule } from '#sequences';
import { WebhookDeliveryModule } from '#webhooks';
import { ActivationAssetsController } from './activation-assets.controller.js';
import { ActivationsController } from './activations.controller.js';
import { ActivationPeopleController } from './activation-people.controller.js';
import { ActivationViews } from './activations.view.js';
import { BrandProfileController } from './brand-profile.controller.js';
import { DatesController } from './dates.controller.js';
import { NewerVersionsController } from './newer-versions.controller.js';
import { CampaignArtworkController } from './campaign-artwork.controller.js';
import { CampaignCopiesController } from './campaign-copies.controller.js';
import { AuthoringLanguageController, CampaignFilesController } from './campaign-files.controller.js';
import { CampaignVersionsController } from './campaign-versions.controller.js';
import { CampaignsController } from './campaigns.controller.js';
import { ContactImportsController } from './contact-imports.controller.js';
import { ContactListsController } from './contact-lists.controller.js';
import { ContactEventsController } from './contact-events.controller.js';
import { ContactsController } from './contacts.controller.js';
import { AuthenticationGuard } from './http/authentication.guard.js';
import { DisclosuresController } from './disclosures.controller.js';
import { DryRunsController } from './dry-runs.controller.js';
import { InsightController } from './insight.controller.js';
import { LandingPagesController } from './landing-pages.controller.js';
import { LeadRulesController } from './lead-rules.controller.js';
import { LeadsController } from './leads.controller.js';
import { LeavingController } from './leaving.controller.js';
import { OfferPlacesController } from './offer-places.controller.js';
import { OffersController } from './offers.controller.js';
import { OwnWordsController } from './own-words.controller.js';
import { OptInMail } from './opt-in-mail.js';
import { PageBrands } from './page-brands.service.js';
import { OptInsController } from './opt-ins.controller.js';
import { OptOutsController } from './opt-outs.controller.js';
import { PartnerGroupsController } from './partner-groups.controller.js';
import { PartnersController } from './partners.controller.js';
import { CalendarController } from './calendar.controller.js';
import { PrivacyController } from './privacy.controller.js';
import { ProviderEventsController } from './provider-events.controller.js';
import { ProviderSourcesController } from './provider-sources.controller.js';
import { PutOffsController } from './put-offs.controller.js';
import { PublicController } from './public.controller.js';
import { RelaysController } from './relays.controller.js';
import { SampleLogosController } from './sample-logos.controller.js';
import { SealsController } from './seals.controller.js';
import { FrequencyCapsController } from './frequency-caps.controller.js';
import { SendingController } from './sending.controller.js';
import { VendorSendingController } from './vendor-sending.controller.js';
import { SessionController } from './session.controller.js';
import { SuppressionsController } from './suppressions.controller.js';
import { AuditController } from './audit.controller.js';
import { ReviewCommentsController } from './review-comments.controller.js';
import { ReadyPostsController } from './ready-posts.controller.js';
import { ReadyPostViews } from './ready-posts.view.js';
import { TeamController } from './team.controller.js';
import { VerifiedHostsController } from './verified-hosts.controller.js';
import { VendorInsightController } from './vendor-insight.controller.js';
import { ViewInBrowser } from './view-in-browser.js';
import { UnknownMessagesController } from './unknown-messages.controller.js';
import { WebhooksController } from './webhooks.controller.js';

/** Every endpoint of the product. */
@Module({
  imports: [
    DiscoveryModule,
    OrganisationsModule,
    IdentityModule,
    BrandModule,
    ContactsModule,
    ContentModule,
    CampaignsModule,
    ActivationsModule,
    DeliveryModule,
    EngagementModule,
    InsightModule,
    LeadsModule,
    MailboxProgressModule,
    PrivacyModule,
    ProviderEventsModule,
    SendingWatchModule,
    StepRecordsModule,
    WebhookDeliveryModule,
    DryRunsModule,
  ],
  controllers: [
    SessionController,
    AuditController,
    TeamController,
    ReadyPostsController,
    PartnersController,
    PartnerGroupsController,
    BrandProfileController,
    VerifiedHostsController,
    ContactsController,
    ContactEventsController,
    ContactListsController,
    ContactImportsController,
    SuppressionsController,
    OptOutsController,
    CalendarController,
    PutOffsController,
    PrivacyController,
    CampaignsController,
    CampaignVersionsController,
    ReviewCommentsController,
    CampaignFilesController,
    CampaignArtworkController,
    CampaignCopiesController,
    AuthoringLanguageController,
    SampleLogosController,
    OffersController,
    OfferPlacesController,
    OwnWordsController,
    ActivationPeopleController,
    DatesController,
    NewerVersionsController,
    DryRunsController,
    ActivationsController,
    ActivationAssetsController,
    LeadRulesController,
    LeadsController,
    DisclosuresController,
    InsightController,
    VendorInsightController,
    WebhooksController,
    ProviderSourcesController,
    ProviderEventsController,
    SealsController,
    FrequencyCapsController,
    SendingController,
    VendorSendingController,
    RelaysController,
    UnknownMessagesController,
    PublicController,
    LeavingController,
    OptInsController,
    LandingPagesController,
  ],
  providers: [
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    ActivationViews,
    OptInMail,
    PageBrands,
    ReadyPostViews,
    ViewInBrowser,
  ],
})
export class ApiModule {}
