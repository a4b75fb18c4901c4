export { forVendor, lastDayOf, isPastPlannedEnd } from './planned-end.js';
export { ActivationsModule, LaunchModule, ProgrammeHistoryModule, UpdatesModule } from './activations.module.js';
export { Activations, type CampaignTitle } from './activations.service.js';
export { type RunningActivation, RunningActivations } from './running-activations.service.js';
export { ActivationOutputs } from './activation-outputs.service.js';
export { ActivationDates } from './activation-dates.service.js';
export { ContactTopics, type Topic } from './contact-topics.service.js';
export { VendorControl } from './vendor-control/vendor-control.service.js';
export { firstDays, type Wave, type WaveId } from './waves/wave.js';
export { WaveChanges } from './waves/wave-changes.service.js';
export { WavePlans } from './waves/wave-plans.service.js';
export { ActivationUpdates, type OpenSlot, type UpdateOfActivation } from './updates/activation-updates.service.js';
export { TimelineMarks } from './timeline-marks.service.js';
export { RunningHistory } from './running-history.service.js';
export { type PastUpdate, PastUpdates } from './updates/past-updates.service.js';
export { WaitingUpdates } from './updates/waiting-updates.service.js';
export { OpenRecalls } from './recalls/open-recalls.service.js';
export { UpdateAudience } from './updates/update-audience.service.js';
export { UpdateRuns } from './updates/update-runs.service.js';
export { type UpdateProgress, VersionUpdates } from './updates/version-updates.service.js';
export type { UpdatePlan } from './updates/update-plan.js';
export type { VersionUpdateId } from './updates/version-update.js';
export { Waves } from './waves/waves.service.js';
export { ActivationControl } from './activation-control.service.js';
export { RelayConsentControl } from './relay-consent/relay-consent-control.service.js';
export { lacking, type VendorServer, VendorServers } from './relay-consent/vendor-servers.service.js';
export { type SealedActivation, SealedCopies, type SealedEmail } from './sealing/sealed-copies.service.js';
export { SealedAssets } from './sealing/sealed-assets.service.js';
export { LandingPages } from './landing-pages.service.js';
export { PageVisitors } from './page-visitors.service.js';
export { type Embed, Embeds, type ListedCampaign } from './embeds/embeds.service.js';
export { WebsiteReporting } from './launch/website-reporting.service.js';
export { LaunchDelays } from './launch/launch-delays.service.js';
export { Launch } from './launch/launch.service.js';
export type { LaunchRequest } from './launch/launch-request.js';
export { LaunchLeadRules } from './launch/launch-lead-rules.js';
export { LaunchedSequences } from './launched-sequences.js';
export { type LaunchedCampaign, ReachedBefore } from './reached-before.js';
export { Calendars, type CalendarInput, type StoredCalendar, type NamedCalendar } from './calendars.service.js';
export { NewerVersions } from './versions/newer-versions.service.js';
export { CampaignNews } from './news/campaign-news.service.js';
export { OnboardingReminders } from './onboarding/onboarding-reminders.service.js';
export { type PartnerOfReminders, ReminderResults } from './onboarding/reminder-results.service.js';
export {
  ReminderSettings,
  reminderSettingsVersion,
  type StoredReminderSettings,
} from './onboarding/reminder-settings.service.js';
export { Partnerships } from './partnerships/partnerships.service.js';
export { VendorNews } from './vendor-news/vendor-news.service.js';
export { LaunchReminderMail } from './reminders/launch-reminder-mail.service.js';
export { LaunchReminders } from './reminders/launch-reminders.service.js';
export { VersionNews } from './versions/version-news.service.js';
export { VersionNotifications } from './versions/version-notifications.service.js';
export { launchLocale } from './branding/branded-masters.service.js';
export { SlotDraftTexts } from './offers/slot-drafts.service.js';
export { SlotPositions } from './offers/slot-positions.service.js';
export { OfferAudience } from './offers/offer-audience.service.js';
export { OfferDates } from './offers/offer-dates.service.js';
export { OfferPictureLinks } from './offers/offer-picture-links.service.js';
export { OfferPreviews } from './offers/offer-previews.service.js';
export { PartnersUsingAssets } from './partners-using-assets.service.js';
export { PendingArtwork } from './artwork/pending-artwork.service.js';
export { Offers, type Offer, type OfferSummary } from './offers/offers.service.js';
export { OnboardingChecklists } from './onboarding/onboarding-checklists.service.js';
export { closedDaysOf, datesOf, type PlannedDates } from './planned-dates.js';
export { EndNotices } from './end-notices/end-notices.service.js';
export { AssetRecallMail } from './recalls/asset-recall-mail.service.js';
export { AssetRecalls } from './recalls/asset-recalls.service.js';
export { CampaignOver } from './recalls/content-recalled.js';
export { Copies } from './recalls/copies.service.js';
export { ContentRecalled } from './recalls/content-recalled.js';
export { RecallControl } from './recalls/recall-control.service.js';
export { type ContentNames, RecallNames } from './recalls/recall-names.service.js';
export { type RecallState, RecallReports } from './recalls/recall-reports.service.js';
export type { ReportRow, RowCursor } from './recalls/recall-rows.repository.js';
export { CANNOT, type RecallOutcome } from './recalls/recall-items.js';
export { RecallWork } from './recalls/recall-work.service.js';
export { Cobranding } from './artwork/cobranding.service.js';
export {
  ACTIVATION_LAUNCHED,
  ACTIVATION_RESUMED,
  ACTIVATION_STOPPED,
  COBRAND_ASSETS,
  COBRAND_PREVIEW,
  PARTNERSHIP_CHANGED,
  REMIND_PARTNER,
  TELL_OF_RECALLED_ASSET,
} from './activations.jobs.js';
export { choicesWith, type Activation, type SentCheck } from './activation.js';
