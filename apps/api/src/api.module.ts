import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { ActivationsModule, LaunchModule } from '#activations';
import { AssetsModule } from '#assets';
import { BrandModule } from '#brand';
import { CampaignsModule } from '#campaigns';
import { ContactsModule } from '#contacts';
import { ContentModule } from '#content';
import { DeliveryModule } from '#delivery';
import { EngagementModule, MailboxProgressModule, ProviderEventsModule, UnsubscribeModule } from '#engagement';
import { FoundingModule } from '#founding';
import { IdentityModule } from '#identity';
import { NewslettersModule } from '#newsletters';
import { NotificationsModule } from '#notifications';
import { InsightModule } from '#insight';
import { FormSubmissions, LeadsModule, OptInRequests } from '#leads';
import { JoiningModule, TermsModule } from '#joining';
import { OrganisationsModule } from '#organisations';
import { PrivacyModule } from '#privacy';
import { DryRunsModule, SendingWatchModule, SentEmailsModule, StepRecordsModule } from '#sequences';
import { SavedViewsModule } from '#saved-views';
import { TiersModule } from '#tiers';
import { WebhookDeliveryModule } from '#webhooks';
import { OnboardingController } from './vendors/onboarding.controller.js';
import { VendorTermsController } from './vendors/vendor-terms.controller.js';
import { ActivationAssetsController } from './activations/activation-assets.controller.js';
import { ActivationRecordsController } from './activations/activation-records.controller.js';
import { ActivationsController } from './activations/activations.controller.js';
import { CampaignActivationsController } from './activations/campaign-activations.controller.js';
import { ActivationPeopleController } from './activations/activation-people.controller.js';
import { AssetRecallsController } from './assets/asset-recalls.controller.js';
import { AssetSharingController } from './assets/asset-sharing.controller.js';
import { AssetsController } from './assets/assets.controller.js';
import { PartnerPicturesController } from './assets/partner-pictures.controller.js';
import { PartnerLibraryController } from './assets/partner-library.controller.js';
import { BrandKitController } from './brand/brand-kit.controller.js';
import { BrandProfileController } from './brand/brand-profile.controller.js';
import { DatesController } from './activations/dates.controller.js';
import { NewerVersionsController } from './activations/newer-versions.controller.js';
import { ActivationEmbedsController } from './embeds/activation-embeds.controller.js';
import { CampaignCards } from './embeds/campaign-cards.service.js';
import { ContactForms } from './embeds/contact-forms.service.js';
import { EmbeddedForm } from './embeds/embedded-form.interceptor.js';
import { EmbedFilesController } from './embeds/embed-files.controller.js';
import { EmbedPages } from './embeds/embed-pages.service.js';
import { EmbedsController } from './embeds/embeds.controller.js';
import { WebsiteReportingController } from './embeds/website-reporting.controller.js';
import { WebsiteVisitsController } from './embeds/website-visits.controller.js';
import { FeedsController } from './embeds/feeds.controller.js';
import { CampaignArtworkController } from './campaigns/campaign-artwork.controller.js';
import { CampaignCopiesController } from './campaigns/campaign-copies.controller.js';
import { AuthoringLanguageController, CampaignFilesController } from './campaigns/campaign-files.controller.js';
import { LibraryPicturesController } from './campaigns/library-pictures.controller.js';
import { DraftFilesController } from './campaigns/draft-files.controller.js';
import { CampaignVersionsController } from './campaigns/campaign-versions.controller.js';
import { VersionUpdatesController } from './campaigns/version-updates.controller.js';
import { WavesController } from './campaigns/waves.controller.js';
import { ActivationUpdatesController } from './activations/activation-updates.controller.js';
import { SavedViewsController } from './saved-views/saved-views.controller.js';
import { ACTIVATION_PROVIDERS } from './activations/activation-providers.js';
import { VENDOR_HOME_CONTROLLERS, VENDOR_HOME_PROVIDERS } from './vendor-home/vendor-home-controllers.js';
import { ColleagueSuggestionsController } from './team/colleague-suggestions.controller.js';
import { NewslettersController } from './newsletters/newsletters.controller.js';
import { ReceivedNewslettersController } from './newsletters/received-newsletters.controller.js';
import { NewsletterLinksController } from './public/newsletter-links.controller.js';
import { OfferPicturesController } from './public/offer-pictures.controller.js';
import { NotificationLinksController } from './public/notification-links.controller.js';
import { NotificationsController } from './team/notifications.controller.js';
import { CampaignPlanController } from './campaigns/campaign-plan.controller.js';
import { Search } from './search/search.service.js';
import { SearchController } from './search/search.controller.js';
import { TranslationRuleController } from './campaigns/translation-rule.controller.js';
import { TranslationsController } from './campaigns/translations.controller.js';
import { ReviewersController } from './campaigns/reviewers.controller.js';
import { CampaignDetails } from './campaigns/campaign-details.service.js';
import { CampaignTagsController } from './campaigns/campaign-tags.controller.js';
import { LifetimesController } from './campaigns/lifetimes.controller.js';
import { CopiesController } from './public/copies.controller.js';
import { CampaignRecallsController } from './campaigns/campaign-recalls.controller.js';
import { ActivationRecallsController } from './activations/activation-recalls.controller.js';
import { CampaignEndsController } from './campaigns/campaign-ends.controller.js';
import { CampaignsController } from './campaigns/campaigns.controller.js';
import { ContactImportsController } from './contacts/contact-imports.controller.js';
import { ContactListsController } from './contacts/contact-lists.controller.js';
import { ContactCampaignsController } from './contacts/contact-campaigns.controller.js';
import { ContactEventsController } from './contacts/contact-events.controller.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { AuthenticationGuard } from './http/authentication.guard.js';
import { KeepAlive } from './http/keep-alive.service.js';
import { UploadPlaces } from './http/uploads.js';
import { DealImportsController } from './deals/deal-imports.controller.js';
import { DealSharesController } from './deals/deal-shares.controller.js';
import { DealsController } from './deals/deals.controller.js';
import { DisclosedDealsController } from './deals/disclosed-deals.controller.js';
import { DealViews } from './deals/deals.view.js';
import { DisclosedLeadsController } from './leads/disclosed-leads.controller.js';
import { DisclosuresController } from './leads/disclosures.controller.js';
import { FirstRunController } from './founding/first-run.controller.js';
import { SetUpController } from './founding/set-up.controller.js';
import { DryRunsController } from './activations/dry-runs.controller.js';
import { DocumentDelivery } from './public/document-delivery.service.js';
import { DocumentReaders } from './public/document-readers.service.js';
import { DocumentsController } from './public/documents.controller.js';
import { FormConsents } from './public/form-consents.service.js';
import { LandingForms } from './public/landing-forms.service.js';
import { LandingPagesController } from './public/landing-pages.controller.js';
import { LeadMailSettingsController } from './leads/lead-mail-settings.controller.js';
import { LegalPagesController } from './public/legal-pages.controller.js';
import { LeadRulesController } from './leads/lead-rules.controller.js';
import { LeadsController } from './leads/leads.controller.js';
import { LeadViews } from './leads/leads.view.js';
import { SlotTextsController } from './offers/slot-texts.controller.js';
import { SlotPositionsController } from './offers/slot-positions.controller.js';
import { OffersController } from './offers/offers.controller.js';
import { PartnerLetters } from './public/partner-letters.service.js';
import { OptInMail } from './public/opt-in-mail.js';
import { OptInsController } from './public/opt-ins.controller.js';
import { OptOutsController } from './contacts/opt-outs.controller.js';
import { OwnTiersController } from './vendors/own-tiers.controller.js';
import { PartnerActivity } from './partners/partner-activity.service.js';
import { PartnerLines } from './partners/partner-lines.service.js';
import { CalendarController } from './activations/calendar.controller.js';
import { PrivacyController } from './contacts/privacy.controller.js';
import { ProviderEventsController } from './sending/provider-events.controller.js';
import { ProviderSourcesController } from './sending/provider-sources.controller.js';
import { PostponementsController } from './activations/postponements.controller.js';
import { PublicController } from './public/public.controller.js';
import { RelaysController } from './sending/relays.controller.js';
import { TestMailsController } from './campaigns/test-mails.controller.js';
import { SampleLogosController } from './campaigns/sample-logos.controller.js';
import { SealsController } from './campaigns/seals.controller.js';
import { SendingPreferencesController } from './sending/sending-preferences.controller.js';
import { FrequencyCapsController } from './sending/frequency-caps.controller.js';
import { LaunchDelayController } from './sending/launch-delay.controller.js';
import { SendingController } from './sending/sending.controller.js';
import { VendorSendingController } from './sending/vendor-sending.controller.js';
import { SessionController } from './team/session.controller.js';
import { SuppressionsController } from './contacts/suppressions.controller.js';
import { AuditController } from './team/audit.controller.js';
import { ReviewCommentsController } from './campaigns/review-comments.controller.js';
import { ReadyPostsController } from './activations/ready-posts.controller.js';
import { InvitationsController } from './team/invitations.controller.js';
import { OpenSessionsController } from './team/open-sessions.controller.js';
import { PARTNER_CONTROLLERS } from './partners/partner-controllers.js';
import { OrganisationDeletionController } from './team/organisation-deletion.controller.js';
import { OrganisationExportsController } from './team/organisation-exports.controller.js';
import { AccountController } from './team/account.controller.js';
import { SecurityController } from './team/security.controller.js';
import { SignInPolicyController } from './team/sign-in-policy.controller.js';
import { TeamController } from './team/team.controller.js';
import { VerifiedHostsController } from './brand/verified-hosts.controller.js';
import { DistributionController } from './vendors/distribution.controller.js';
import { PartnerVendorsController } from './vendors/partner-vendors.controller.js';
import { DealSumsController } from './vendors/deal-sums.controller.js';
import { SharedTotalsController } from './vendors/shared-totals.controller.js';
import { VendorAttributesController } from './vendors/vendor-attributes.controller.js';
import { PartnerVendorViews } from './vendors/partner-vendors.view.js';
import { SlotPreviewsController } from './offers/slot-previews.controller.js';
import { UnsubscribeController } from './public/unsubscribe.controller.js';
import { UnknownMessagesController } from './sending/unknown-messages.controller.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';
import { RESULT_CONTROLLERS } from './insight/result-controllers.js';

/** Every endpoint of the product. */
@Module({
  imports: [
    DiscoveryModule,
    OrganisationsModule,
    IdentityModule,
    NewslettersModule,
    NotificationsModule,
    AssetsModule,
    BrandModule,
    ContactsModule,
    ContentModule,
    CampaignsModule,
    ActivationsModule,
    LaunchModule.with([StepRecordsModule, LeadsModule]),
    DeliveryModule,
    EngagementModule,
    FoundingModule,
    JoiningModule,
    TermsModule,
    InsightModule,
    LeadsModule,
    MailboxProgressModule,
    PrivacyModule,
    ProviderEventsModule,
    SendingWatchModule,
    SentEmailsModule,
    StepRecordsModule,
    SavedViewsModule,
    TiersModule,
    UnsubscribeModule,
    WebhookDeliveryModule,
    DryRunsModule,
  ],
  controllers: [
    SessionController,
    InvitationsController,
    FirstRunController,
    SetUpController,
    OpenSessionsController,
    AccountController,
    ActivationEmbedsController,
    WebsiteReportingController,
    OrganisationDeletionController,
    OrganisationExportsController,
    SecurityController,
    SignInPolicyController,
    AuditController,
    TeamController,
    ColleagueSuggestionsController,
    ReadyPostsController,
    VendorTermsController,
    OnboardingController,
    DistributionController,
    OwnTiersController,
    ...PARTNER_CONTROLLERS,
    AssetRecallsController,
    AssetSharingController,
    AssetsController,
    PartnerLibraryController,
    PartnerPicturesController,
    LibraryPicturesController,
    BrandKitController,
    BrandProfileController,
    VerifiedHostsController,
    ContactsController,
    ContactCampaignsController,
    ContactEventsController,
    ContactListsController,
    ContactImportsController,
    SuppressionsController,
    OptOutsController,
    CalendarController,
    PostponementsController,
    PrivacyController,
    CampaignsController,
    LifetimesController,
    CopiesController,
    CampaignRecallsController,
    ActivationRecallsController,
    CampaignEndsController,
    CampaignTagsController,
    VersionUpdatesController,
    WavesController,
    ActivationUpdatesController,
    CampaignVersionsController,
    ReviewersController,
    ...VENDOR_HOME_CONTROLLERS,
    NewslettersController,
    ReceivedNewslettersController,
    NewsletterLinksController,
    OfferPicturesController,
    NotificationLinksController,
    NotificationsController,
    ReviewCommentsController,
    CampaignFilesController,
    DraftFilesController,
    TranslationsController,
    SearchController,
    CampaignPlanController,
    TranslationRuleController,
    TestMailsController,
    CampaignArtworkController,
    CampaignCopiesController,
    AuthoringLanguageController,
    SampleLogosController,
    OffersController,
    SlotPositionsController,
    SlotTextsController,
    SlotPreviewsController,
    ActivationPeopleController,
    DatesController,
    NewerVersionsController,
    DryRunsController,
    ActivationsController,
    ActivationRecordsController,
    CampaignActivationsController,
    ActivationAssetsController,
    LeadMailSettingsController,
    LeadRulesController,
    DealImportsController,
    DealSharesController,
    DealsController,
    DisclosedDealsController,
    LeadsController,
    DisclosedLeadsController,
    DisclosuresController,
    SavedViewsController,
    ...RESULT_CONTROLLERS,
    WebhooksController,
    ProviderSourcesController,
    ProviderEventsController,
    SealsController,
    FrequencyCapsController,
    SendingPreferencesController,
    LaunchDelayController,
    SendingController,
    VendorSendingController,
    RelaysController,
    PartnerVendorsController,
    DealSumsController,
    SharedTotalsController,
    VendorAttributesController,
    UnknownMessagesController,
    PublicController,
    UnsubscribeController,
    OptInsController,
    DocumentsController,
    LegalPagesController,
    EmbedsController,
    EmbedFilesController,
    FeedsController,
    WebsiteVisitsController,
    LandingPagesController,
  ],
  providers: [
    ...VENDOR_HOME_PROVIDERS,
    ...ACTIVATION_PROVIDERS,
    CampaignCards,
    ContactForms,
    EmbeddedForm,
    EmbedPages,
    KeepAlive,
    UploadPlaces,
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    Search,
    DealViews,
    LeadViews,
    CampaignDetails,
    PartnerActivity,
    PartnerLines,
    DocumentDelivery,
    DocumentReaders,
    FormSubmissions,
    FormConsents,
    LandingForms,
    PartnerLetters,
    OptInMail,
    PartnerVendorViews,
    { provide: OptInRequests, useExisting: OptInMail },
  ],
})
export class ApiModule {}
