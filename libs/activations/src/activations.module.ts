import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { AssetsModule } from '#assets';
import { BrandModule } from '#brand';
import { CampaignsModule } from '#campaigns';
import { ContactsModule } from '#contacts';
import { ContentModule } from '#content';
import { DeliveryModule } from '#delivery';
import { EngagementModule } from '#engagement';
import { IdentityModule } from '#identity';
import { TermsModule } from '#joining';
import { NotificationsModule } from '#notifications';
import { OrganisationsModule } from '#organisations';
import { ReleaseModule } from '#release';
import { SealModule } from '#seal';
import { ActivationControl } from './activation-control.service.js';
import { ActivationSeals } from './sealing/activation-seals.service.js';
import { Activations } from './activations.service.js';
import { ActivationDates } from './activation-dates.service.js';
import { ActivationOutputs } from './activation-outputs.service.js';
import { ContactTopics } from './contact-topics.service.js';
import { RunningActivations } from './running-activations.service.js';
import { TimelineMarks } from './timeline-marks.service.js';
import { RunningHistory } from './running-history.service.js';
import { LandingPages } from './landing-pages.service.js';
import { PageVisitors } from './page-visitors.service.js';
import { ActivationsRepository } from './activations.repository.js';
import { BrandedArtwork } from './artwork/branded-artwork.service.js';
import { BrandedMasters } from './branding/branded-masters.service.js';
import { Calendars } from './calendars.service.js';
import { Cobranding } from './artwork/cobranding.service.js';
import { Embeds } from './embeds/embeds.service.js';
import { Launches } from './embeds/launches.repository.js';
import { LaunchBrand } from './launch/launch-brand.service.js';
import { LaunchChecks } from './launch/launch-checks.service.js';
import { LaunchContents } from './launch/launch-contents.service.js';
import { LaunchDelays } from './launch/launch-delays.service.js';
import { ActivationListsRepository } from './launch/activation-lists.repository.js';
import { LaunchEffects } from './launch/launch-effects.service.js';
import { LaunchRecipients } from './launch/launch-recipients.service.js';
import { Launch } from './launch/launch.service.js';
import { WebsiteReporting } from './launch/website-reporting.service.js';
import { CampaignNews } from './news/campaign-news.service.js';
import { CampaignEndMail } from './news/campaign-end-mail.service.js';
import { CampaignNewsMail } from './news/campaign-news-mail.service.js';
import { Partnerships } from './partnerships/partnerships.service.js';
import { PartnershipMail } from './partnerships/partnership-mail.service.js';
import { LaunchReminderMail } from './reminders/launch-reminder-mail.service.js';
import { LaunchReminders } from './reminders/launch-reminders.service.js';
import { NewerVersions } from './versions/newer-versions.service.js';
import { SlotDraftTexts } from './offers/slot-drafts.service.js';
import { SlotPositions } from './offers/slot-positions.service.js';
import { OfferAudience } from './offers/offer-audience.service.js';
import { OfferDates } from './offers/offer-dates.service.js';
import { OfferPictureLinks } from './offers/offer-picture-links.service.js';
import { OfferPreviews } from './offers/offer-previews.service.js';
import { Offers } from './offers/offers.service.js';
import { PendingArtwork } from './artwork/pending-artwork.service.js';
import { ConsentMail } from './relay-consent/consent-mail.service.js';
import { RelayConsentControl } from './relay-consent/relay-consent-control.service.js';
import { VendorServers } from './relay-consent/vendor-servers.service.js';
import { PartnersUsingAssets } from './partners-using-assets.service.js';
import { EndNotices } from './end-notices/end-notices.service.js';
import { RECALL_PARTS, RECALL_SERVICES } from './recalls/recall-services.js';
import { SealRefusals } from './sealing/seal-refusals.service.js';
import { SealedAssets } from './sealing/sealed-assets.service.js';
import { SealedCopies } from './sealing/sealed-copies.service.js';
import { ActivationUpdates } from './updates/activation-updates.service.js';
import { EditionChanges } from './updates/edition-changes.service.js';
import { EditionsRepository } from './updates/editions.repository.js';
import { PastUpdates } from './updates/past-updates.service.js';
import { PresentEditions } from './updates/present-editions.service.js';
import { StopForVersions } from './updates/stop-for-versions.service.js';
import { TakeOvers } from './updates/take-overs.service.js';
import { StopRules } from './updates/stop-rules.service.js';
import { UnsubscribeChecks } from './updates/unsubscribe-checks.service.js';
import { UpdateAudience } from './updates/update-audience.service.js';
import { WaitingUpdates } from './updates/waiting-updates.service.js';
import { UpdateMail } from './updates/update-mail.service.js';
import { UpdateMerges } from './updates/update-merges.service.js';
import { UpdatePreviews } from './updates/update-previews.service.js';
import { UpdateRuns } from './updates/update-runs.service.js';
import { UpdateSources } from './updates/update-sources.service.js';
import { VersionUpdatesRepository } from './updates/version-updates.repository.js';
import { VersionUpdates } from './updates/version-updates.service.js';
import { VendorControl } from './vendor-control/vendor-control.service.js';
import { VendorHolds } from './vendor-control/vendor-holds.repository.js';
import { VendorControlMail } from './vendor-control/vendor-control-mail.service.js';
import { ReleasedRates } from './waves/released-rates.service.js';
import { WaveChanges } from './waves/wave-changes.service.js';
import { WaveMail } from './waves/wave-mail.service.js';
import { WavePartners } from './waves/wave-partners.service.js';
import { OnboardingChecklists } from './onboarding/onboarding-checklists.service.js';
import { OnboardingFactsReader } from './onboarding/onboarding-facts.service.js';
import { OnboardingReminderMail } from './onboarding/onboarding-reminder-mail.service.js';
import { OnboardingReminders } from './onboarding/onboarding-reminders.service.js';
import { OnboardingStates } from './onboarding/onboarding-states.service.js';
import { RemindedPartners } from './onboarding/reminded-partners.service.js';
import { ReminderResults } from './onboarding/reminder-results.service.js';
import { ReminderSettings } from './onboarding/reminder-settings.service.js';
import { WavePlans } from './waves/wave-plans.service.js';
import { WavesRepository } from './waves/waves.repository.js';
import { Waves } from './waves/waves.service.js';
import { VendorNews } from './vendor-news/vendor-news.service.js';
import { VersionMail } from './versions/version-mail.service.js';
import { VersionNews } from './versions/version-news.service.js';
import { VersionNotifications } from './versions/version-notifications.service.js';

/** What happened when: for numbers of a programme, which need nothing else of activations. */
@Module({ providers: [RunningHistory, TimelineMarks], exports: [RunningHistory, TimelineMarks] })
export class ProgrammeHistoryModule {}

@Module({
  imports: [
    AssetsModule,
    BrandModule,
    CampaignsModule,
    ContactsModule,
    ContentModule,
    DeliveryModule,
    EngagementModule,
    IdentityModule,
    NotificationsModule,
    OrganisationsModule,
    ReleaseModule,
    ProgrammeHistoryModule,
    SealModule,
    TermsModule,
  ],
  providers: [
    ActivationControl,
    ActivationDates,
    ActivationOutputs,
    Activations,
    ActivationSeals,
    ActivationsRepository,
    ActivationUpdates,
    PastUpdates,
    BrandedArtwork,
    BrandedMasters,
    Calendars,
    CampaignEndMail,
    CampaignNews,
    CampaignNewsMail,
    Cobranding,
    ConsentMail,
    ContactTopics,
    EditionsRepository,
    Embeds,
    EndNotices,
    LandingPages,
    PageVisitors,
    LaunchDelays,
    Launches,
    LaunchReminderMail,
    LaunchReminders,
    NewerVersions,
    OfferDates,
    OfferPictureLinks,
    OfferPreviews,
    Offers,
    OnboardingChecklists,
    OnboardingFactsReader,
    OnboardingReminderMail,
    OnboardingReminders,
    OnboardingStates,
    PartnershipMail,
    Partnerships,
    PartnersUsingAssets,
    PendingArtwork,
    ...RECALL_PARTS,
    ...RECALL_SERVICES,
    RelayConsentControl,
    RunningActivations,
    RemindedPartners,
    ReminderResults,
    ReminderSettings,
    SlotDraftTexts,
    SlotPositions,
    SealedAssets,
    SealedCopies,
    SealRefusals,
    StopForVersions,
    StopRules,
    UnsubscribeChecks,
    UpdateAudience,
    UpdateMail,
    UpdateMerges,
    UpdatePreviews,
    VendorControl,
    VendorControlMail,
    VendorHolds,
    VendorNews,
    VendorServers,
    ReleasedRates,
    WaveChanges,
    WaveMail,
    WavePartners,
    WavePlans,
    Waves,
    WavesRepository,
    VersionMail,
    VersionNews,
    VersionNotifications,
    VersionUpdates,
    VersionUpdatesRepository,
    WaitingUpdates,
    WebsiteReporting,
  ],
  exports: [
    ActivationControl,
    ActivationDates,
    ActivationOutputs,
    Activations,
    ActivationSeals,
    ActivationsRepository,
    ActivationUpdates,
    PastUpdates,
    BrandedMasters,
    Calendars,
    CampaignNews,
    OfferPictureLinks,
    VendorNews,
    Cobranding,
    ContactTopics,
    Embeds,
    EndNotices,
    LandingPages,
    PageVisitors,
    LaunchDelays,
    LaunchReminderMail,
    LaunchReminders,
    NewerVersions,
    OfferDates,
    OfferPreviews,
    Offers,
    OnboardingChecklists,
    OnboardingReminders,
    Partnerships,
    PartnersUsingAssets,
    PendingArtwork,
    ...RECALL_SERVICES,
    RelayConsentControl,
    RunningActivations,
    ReminderResults,
    ReminderSettings,
    SlotDraftTexts,
    SlotPositions,
    SealedAssets,
    SealedCopies,
    ProgrammeHistoryModule,
    SealModule,
    EditionsRepository,
    StopForVersions,
    StopRules,
    UpdateAudience,
    UpdateMail,
    UpdateMerges,
    VendorControl,
    VendorServers,
    WaveChanges,
    WavePlans,
    Waves,
    VersionNews,
    VersionNotifications,
    VersionUpdates,
    VersionUpdatesRepository,
    WaitingUpdates,
    WebsiteReporting,
  ],
})
export class ActivationsModule {}

/** Launches, and the audience of an offer. */
@Module({})
export class LaunchModule {
  /**
   * @param providing modules that export `ReachedBefore`, `LaunchedSequences` and `LaunchLeadRules`.
   */
  static with(providing: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: LaunchModule,
      imports: [
        ActivationsModule,
        AssetsModule,
        BrandModule,
        CampaignsModule,
        ContactsModule,
        ContentModule,
        EngagementModule,
        TermsModule,
        ...providing,
      ],
      providers: [
        Launch,
        LaunchBrand,
        LaunchChecks,
        LaunchContents,
        ActivationListsRepository,
        LaunchEffects,
        LaunchRecipients,
        OfferAudience,
      ],
      exports: [Launch, OfferAudience],
    };
  }
}

/** Updates running activations to newer versions, and takes that back. */
@Module({})
export class UpdatesModule {
  /** @param providing modules that export `LaunchedSequences`. */
  static with(providing: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: UpdatesModule,
      imports: [
        ActivationsModule,
        BrandModule,
        CampaignsModule,
        ContentModule,
        DeliveryModule,
        EngagementModule,
        SealModule,
        ...providing,
      ],
      providers: [EditionChanges, LaunchContents, PresentEditions, TakeOvers, UpdateRuns, UpdateSources],
      exports: [UpdateRuns],
    };
  }
}
