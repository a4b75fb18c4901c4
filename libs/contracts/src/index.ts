export { canonicalEmail, parseEmail, type EmailAddress, type EmailProblem } from './email-address.js';
export { EmailField } from './email-field.js';
export {
  AskForReview,
  ChangeTranslationRule,
  ChooseTranslationReviewer,
  RecordTranslations,
  ReopenTranslations,
  TranslationDeskView,
  TranslationRecords,
  TranslationRuleView,
  XliffCheck,
} from './translation.contract.js';
export {
  AcceptApplication,
  ApplicationFormView,
  Applications,
  ApplicationsQuery,
  ApplicationView,
  PublicApplicationForm,
  RefuseApplication,
  SaveApplicationForm,
  SendApplication,
} from './application.contract.js';
export {
  AcceptVendorTerms,
  AllVendorTerms,
  type ProgrammeTermsVersion,
  ProgrammeTermsView,
  PublishProgrammeTerms,
  type TermsPartner,
  TermsPartners,
  TermsPartnersQuery,
  type VendorTerms,
  VendorTermsState,
} from './programme-terms.contract.js';
export {
  MEASURED_STEPS,
  type MeasuredStep,
  type OnboardingReminderSettings,
  type OnboardingReminderState,
  OnboardingRemindersView,
  type OnboardingStepEffect,
  type OnboardingStopReason,
  type OnboardingReminderPartner,
  OnboardingReminderPartners,
  OnboardingReminderPartnersQuery,
  SaveOnboardingReminders,
} from './onboarding-reminder.contract.js';
export { FirstRunView, FoundVendor, OnboardingView, SetUpChecklistView } from './founding.contract.js';
export { PlanQuery, PlanView } from './plan.contract.js';
export { SearchQuery, SearchView } from './search.contract.js';
export { StepName } from './step-name.contract.js';
export { MAX_POSTPONEMENT_DAYS, MAX_CAP_DAYS } from './limits.js';
export { ContactCampaigns, NewAnswer } from './contact-campaigns.contract.js';
export { SendingPreferenceChange, SendingPreferenceView } from './sending-preference.contract.js';
export { FrequencyCapView, SaveFrequencyCap } from './frequency-cap.contract.js';
export { SaveSlotTexts, SlotTextsView } from './slot-texts.contract.js';
export { LaunchDelayView, SaveLaunchDelay } from './launch-delay.contract.js';
export { PageQuery, pageOf, type SortBy } from './page.contract.js';
export { DatesRequest, DatesView, type MovedDates } from './dates.contract.js';
export {
  DryRunQuery,
  DryRunRequest,
  DryRunView,
  ForecastContacts,
  ForecastContactView,
  LateView,
  ProgrammeDryRunView,
  SampleDryRunRequest,
  SampleDryRunView,
} from './dry-run.contract.js';
export {
  WEBHOOK_EVENTS,
  webhookEventTypesFor,
  type WebhookEventData,
  type WebhookEventType,
} from './webhook-events.js';
export {
  NewWebhookEndpoint,
  ReplayedWebhooks,
  ReplayWebhooks,
  RevealedWebhookEndpoint,
  RotateWebhookSecret,
  WebhookAttemptView,
  WebhookDeliveries,
  WebhookDeliveryDetail,
  WebhookDeliveryQuery,
  WebhookDeliveryView,
  WebhookEndpointChange,
  WebhookEndpoints,
  WebhookEndpointView,
  WebhookEventTypes,
  WebhookTestResult,
} from './webhook.contract.js';
export {
  ChangeProviderSource,
  InboundMailbox,
  NewProviderSource,
  ProviderSources,
  ProviderSourceView,
  RevealedProviderSource,
  RotateProviderSecret,
} from './provider-source.contract.js';
export { Problem, ProblemEntry } from './problem.contract.js';
export { BrandKit, BrandKitEdit, BrandKitPreview, BrandKitPreviewQuery } from './brand-kit.contract.js';
export {
  BrandProfile,
  BrandProfileEdit,
  LogoImageQuery,
  LogoUpload,
  LogoVariantChoice,
} from './brand-profile.contract.js';
export {
  ConsentBasis,
  ConsentRecord,
  Contact,
  ContactChange,
  ContactDetail,
  ContactPage,
  ContactQuery,
  ContactFilter,
  ContactCount,
  ConsentForMany,
  NewConsent,
  NewContact,
} from './contact.contract.js';
export { CONTACT_FIELDS, CONTACT_TEXT_FIELDS, type ContactField, type ContactTextField } from './contact-field.js';
export {
  CONTACT_COLUMN_FIELDS,
  ContactImport,
  ContactImportLine,
  ContactImportOptions,
  ContactImportPage,
  ContactImportPreview,
  ContactImportPreviewOptions,
  ContactImportProblem,
} from './contact-import.contract.js';
export { ENTRY_KINDS } from './entry-kind.js';
export { CONTACT_DATES, type ContactDate, isContactDate } from './contact-date.js';
export {
  ContactList,
  ContactListChange,
  ContactListRemoval,
  ContactLists,
  NewContactList,
} from './contact-list.contract.js';
export { ReadyPostQuery, ReadyPosts, ReadyPostView, MarkPosted, WaitingPosts } from './ready-post.contract.js';
export { PostponementOutlook, PostponementPlan, PostponementRequest } from './postponement.contract.js';
export {
  CalendarOutlook,
  StoredCalendar,
  PartnerCalendar,
  PublicHolidays,
  PublicHolidaysQuery,
} from './calendar.contract.js';
export {
  ConsentRule,
  DataSubjectExport,
  Retention,
  StoredConsentRule,
  StoredRetention,
  RETENTION_LIMITS,
  RetentionOutlook,
  RetentionQuery,
} from './privacy.contract.js';
export {
  NewSuppression,
  OptOutImport,
  OptOutOptions,
  OptOutPreview,
  Suppression,
  SuppressionPage,
  SuppressionQuery,
} from './suppression.contract.js';
export {
  SignIn,
  OrganisationRef,
  SessionView,
  SwitchOrganisation,
  InvitationView,
  AcceptInvitation,
  InvitedCompanies,
  JoinByInvitation,
  RequestPasswordReset,
  SetPassword,
  PASSWORD_MIN_CHARS,
} from './session.contract.js';
export {
  AddPasskey,
  ChangeEmail,
  Confirmation,
  OpenSessions,
  OpenSessionView,
  PasskeyAssertion,
  PasskeyAttestation,
  PasskeyCreationOptions,
  PasskeyRequestOptions,
  PasskeyView,
  RecoveryCodesView,
  RenamePasskey,
  SecurityView,
  SignInPolicy,
  TotpSecretView,
  TurnOnTotp,
} from './security.contract.js';
export {
  AuditFilter,
  AuditQuery,
  AuditTableQuery,
  TeamInvitations,
  TeamInvitationView,
  TeamMember,
  Team,
  ColleagueSuggestions,
  InviteSuggested,
  InviteTeamMember,
  ChangeRole,
  CreateApiKey,
  ApiKeyView,
  ApiKeys,
  CreatedApiKey,
  AuditEntryView,
  AuditEntries,
  RemoveTeamMember,
} from './team.contract.js';
export {
  AssignedPartners,
  AssignPartners,
  ChannelManagersView,
  ChannelManagerView,
} from './channel-manager.contract.js';
export { DistributionView, DistributorsView, ProposePartner, SetDistribution } from './distribution.contract.js';
export {
  SentInvitation,
  PartnerLine,
  PartnerProgress,
  PartnerProgressCounts,
  PartnerQuery,
  PartnerTableQuery,
  RemindedPartners,
  RemindPartners,
  PartnerView,
  ResendInvitation,
  Partners,
  CompareCompany,
  InvitePartner,
  PartnerDuplicates,
  SuggestColleague,
  ChangePartner,
  EndPartnership,
  PartnershipEnd,
  GroupRule,
  PartnerGroupInput,
  PartnerGroupView,
  PartnerGroups,
  PartnerTraits,
  PartnerGroupSize,
  PartnerGroupMembers,
  PartnerGroupRule,
} from './partner.contract.js';
export {
  ATTRIBUTE_KINDS,
  type AttributeKind,
  type AttributeOption,
  AttributeOfPartner,
  AttributesForVendors,
  AttributesOfPartner,
  AttributeValue,
  type Certification,
  ChangeAttributeValues,
  type GroupCondition,
  PartnerAttributeInput,
  PartnerAttributes,
  PartnerAttributeView,
  TellVendor,
  MAX_ATTRIBUTE_TEXT,
} from './partner-attribute.contract.js';
export {
  ImportPartners,
  PartnerImportOptions,
  PartnerImportView,
  type RowFaultReason,
} from './partner-import.contract.js';
export { PartnerActivity, type PartnerActivityKind, PartnerOverview } from './partner-overview.contract.js';
export {
  ComingDrops,
  OwnTiers,
  SetTier,
  Tier,
  TIER_FACTS,
  TierChange,
  TierChanges,
  type TierFact,
  TierOfPartner,
  TierPreview,
  TierRequirement,
  TierRule,
  TierRulesInput,
  TierRulesView,
} from './partner-tier.contract.js';
export { DraftFiles, SaveDraftFiles } from './draft-file.contract.js';
export {
  ArtworkQuery,
  CampaignCard,
  CampaignDetail,
  CampaignPreview,
  CampaignPreviewQuery,
  CampaignQuery,
  CampaignState,
  RecipientQuestions,
  RecipientTraits,
  type TraitName,
  Campaigns,
  CampaignStatus,
  CampaignTags,
  MAX_TAGS,
  TagCampaign,
  CampaignVersionCard,
  CampaignVersionDetail,
  ConfirmTexts,
  ExtendVersion,
  PackageProblem,
  CampaignLayout,
  CampaignLayoutContent,
  CampaignLayouts,
  ShippedPreview,
  CampaignTemplate,
  CampaignTemplates,
  CopyCampaign,
  PublishVersion,
  RetireCampaign,
} from './campaign.contract.js';
export { LifetimeView, OldContents, SaveLifetime } from './lifetime.contract.js';
export {
  ActivationRecallView,
  ActivationRecallViews,
  CopyStateView,
  OwnSignedRecallReport,
  PreviewRecall,
  RecallAsset,
  RecallCampaign,
  RecalledCampaign,
  RecalledAsset,
  RecallExtentView,
  RecallRowsQuery,
  RecallRowView,
  RecallRowViews,
  RecallTableQuery,
  RecallView,
  RecallViews,
  ReverseRecall,
  SignedRecallReport,
} from './recall.contract.js';
export {
  AuthoringLanguage,
  CanvasPreview,
  CheckEdit,
  EditCheck,
  PackageFiles,
  SaveEdit,
  SendTestMails,
  ShowCanvas,
  ShowEdit,
  TestMails,
} from './campaign-edit.contract.js';
export {
  AnswerComment,
  CommentAbout,
  CommentBlock,
  CommentOnVersion,
  ReturnVersion,
  ReviewComment,
  Reviewers,
  SubmitVersion,
} from './review.contract.js';
export { ContactEvent, GoalView, RecordedEvent } from './sequence.contract.js';
export type {
  ConditionView,
  EntryView,
  SendTimeView,
  SequenceStepView,
  SequenceView,
  WaitView,
} from './sequence.contract.js';
export {
  OfferView,
  Offers,
  OfferDetail,
  OfferSlotPositions,
  LaunchRequest,
  StopRequest,
  PartnerChoices,
  ActivationView,
  Activations,
  ActivationsQuery,
  ActivationDetail,
  NewerVersionView,
  AssetQuery,
  Assets,
  StepRecordView,
  StepRecords,
  ContactHistory,
  VendorActivations,
  VendorActivationView,
  VendorReason,
  PeopleOfActivation,
  PeopleQuery,
  type PersonOfActivation,
} from './activation.contract.js';
export {
  PreviewQuery,
  EmailPreviewRequest,
  SlotPreviewRequest,
  PagePreview,
  PagePreviewRequest,
  EmailPreview,
  TestMail,
} from './preview.contract.js';
export { Amount, MAX_DEAL } from './amount.contract.js';
export {
  ActivationLeadRule,
  ChangeLead,
  ChangeLeadAmount,
  ChangeDisclosureRecipient,
  ClickRule,
  DisclosedField,
  DisclosedLead,
  DisclosedLeads,
  DisclosureAnswer,
  DisclosureRecipient,
  Disclosures,
  DisclosureView,
  type ClickedLink,
  LeadHistory,
  LeadMailSetting,
  type LeadMoment,
  NewFollowUp,
  LeadPage,
  LeadRuleView,
  LeadView,
  StricterLeadRule,
  NewDisclosure,
  NewDisclosureAnswer,
  LeadQuery,
  WaitingLeads,
} from './lead.contract.js';
export {
  ATTRIBUTION_MODELS,
  HALF_LIFE_DAYS,
  type AttributionChannel,
  type AttributionModelName,
  AttributionQuery,
  AttributionReport,
  AttributionReports,
  AttributionTable,
  AttributionTableQuery,
  DealAttribution,
  NewAttributionReport,
} from './attribution.contract.js';
export { AudienceQuery, AudienceView } from './audience.contract.js';
export {
  ActivationExperiments,
  type HoldOutResult,
  PowerQuery,
  PowerView,
  ApplyTestWinner,
  type TestResult,
  VendorExperiments,
} from './experiment.contract.js';
export {
  AcceptDealInvitation,
  ChangeDeal,
  DEAL_ROLES,
  DEAL_SORTS,
  DEAL_STAGES,
  type DealField,
  DealFilter,
  DealHistory,
  DealImportOptions,
  DealImportView,
  DealPage,
  DealQuery,
  DealTableQuery,
  DealRole,
  type DealRowFault,
  type DealSort,
  DealShareList,
  DealShareView,
  DealStage,
  DealView,
  DisclosedDealPage,
  DisclosedDealView,
  ImportDeals,
  LOST_REASONS,
  MAX_PRODUCTS,
  PRODUCT_LENGTH,
  LostReason,
  MadeDealShare,
  NewDealShare,
  OverdueDeals,
  NewRefund,
  OPEN_STAGES,
  SharedDealPage,
  SharedDealView,
} from './deal.contract.js';
export {
  ChangeCost,
  COST_SORTS,
  COST_TACTICS,
  CostChoices,
  CostFilter,
  type CostField,
  CostImportOptions,
  CostImportView,
  CostPage,
  CostQuery,
  type CostRowFault,
  type CostSort,
  CostTableQuery,
  CostView,
  MAX_COST,
  MAX_COST_DAYS,
  NewCost,
} from './cost.contract.js';
export { PartnerFirstResults, VendorFirstResults } from './first-results.contract.js';
export { PartnerReturns, Returns, ReturnsQuery, ReturnsTableQuery, VendorReturns } from './returns.contract.js';
export {
  EngagementPart,
  PARTNER_STEPS,
  PartnerStanding,
  PartnerStandingQuery,
  PartnerStandings,
  PartnerStandingTableQuery,
  type PartnerStep,
  ProgrammeActivity,
} from './programme-activity.contract.js';
export {
  TimelineMarks,
  CampaignSumsQuery,
  CampaignTableQuery,
  CampaignStateTableQuery,
  TimelineMarksQuery,
  DealSums,
  InsightNumbers,
  INSIGHT_PERIODS,
  InsightQuery,
  InsightTableQuery,
  ActivationInsight,
  InsightRates,
  PartnerCampaignInsight,
  PartnerComparison,
  PartnerInsight,
  RateBands,
  ReleasedFourWeeks,
  ReleasedNumber,
  ReleasedSums,
  VariantView,
  VendorCampaignInsight,
  VendorInsight,
  VendorUse,
} from './insight.contract.js';
export {
  HOLE_TYPES,
  HOLE_LANGUAGES,
  FORBIDDEN_CODE_POINTS,
  COMBINING_FLOOD,
  JOINERS,
  JOINING_SCRIPTS,
  ALIKE_SCRIPTS,
  UNIT_LETTERS,
  UNIT_SIGNS,
  WIDE_LATIN,
  ADDRESS_ENDINGS,
  COMPANY_NAMES,
  KEYCAP,
  readableText,
  HOST_SCRIPTS,
  HOST_LATIN,
  LATIN_LOOKING,
  type HoleType,
  type HoleLanguage,
} from './hole-language.js';
export {
  ActivationSeal,
  Manifest,
  Receipt,
  ReservedObject,
  SealedDocument,
  SealedHole,
  SealedMaster,
  SealedPicture,
  SealedSlot,
  SignedActivationSeal,
  SignedManifest,
  SignedReceipt,
  SigningKey,
  SigningKeys,
  type SealedProgram,
  SealedVersion,
} from './seal.contract.js';
export {
  ChooseSendingDomain,
  ChooseVendorDomain,
  PartnerSending,
  SendingDomain,
  SendingRecordProblem,
  SendingRecordPurpose,
  SendingSettings,
  VendorDomain,
  VendorSending,
} from './sending.contract.js';
export { asciiHost } from './ascii-host.js';
export { ClaimHost, HostClaim, HostProblem, HostProofKind, VerifiedHosts } from './verified-host.contract.js';
export { DecidedUnknown, DecideUnknown, UnknownMessage, UnknownMessages } from './unknown-message.contract.js';
export {
  GiveRelayConsent,
  PartnerVendors,
  LeaveVendor,
  PartnerVendorView,
  StayWithVendor,
  RevokeRelayConsent,
  VendorServerView,
} from './vendor.contract.js';
export {
  CampaignTotals,
  OwnSharedTotals,
  PartnerTerms,
  PartnerTotalsPage,
  PartnerTotalsQuery,
  PartnerTotalsTableQuery,
  SetCountedDeals,
  SetSharedTotals,
  VendorDealSums,
  TOTALS_WORDING,
  TotalsChoice,
  TotalsWording,
} from './shared-totals.contract.js';
export { Relays, RelayView, SaveRelay, SaveUnknownPolicy, UnknownPolicyView } from './relay.contract.js';
export {
  ARTWORK_TYPES,
  TACTIC_SECTIONS,
  TACTIC_TYPES,
  TEMPLATE_TYPES,
  type ArtworkType,
  type TacticSection,
  type TacticType,
  type TemplateSection,
  type TemplateType,
} from './tactic-type.js';
export {
  ACTION_TYPES,
  CHOICE_TYPES,
  isActionType,
  isChoiceType,
  STEP_TYPE_NAMES,
  STEP_TYPES,
  type ActionType,
  type NamingActionType,
  type StepType,
} from './step-type.js';
export { idSchema } from './id.js';
export { localeOf, localised } from './localised.js';
export { amountOrder, currencyDigits, moneyText } from './money.js';
export { type Order, orderFrom, orderText, sortedBy, type SortKey } from './table-order.js';
export { hasBuiltInText, hasPageTexts, LABELLED_FIELDS, PAGE_LANGUAGES } from './page-language.js';
export { readerLocale, type ReaderPlace } from './reader-locale.js';
export { EndCode } from './end-code.js';
export { RECALL_CHANNELS, RECALL_OUTCOMES } from './recall-channel.js';
export { TableForm, USER_LANGUAGES, UserLanguage } from './user-language.js';
export {
  ChangeProfile,
  OrganisationDeletionView,
  OrganisationExports,
  OrganisationExportView,
  ProfileView,
  RequestOrganisationDeletion,
} from './account.contract.js';
export {
  ChangeNotificationSettings,
  deliveriesOf,
  NOTIFICATION_KINDS,
  NotificationDelivery,
  NotificationEvent,
  NotificationKind,
  NotificationPage,
  NotificationSettings,
  ReadNotifications,
} from './notification.contract.js';
export {
  isCopy,
  isFromTemplate,
  isPlaceholder,
  isSameLanguage,
  MUST_CONFIRM,
  MUST_CORRECT,
  untranslatedIn,
} from './copy-check.js';
export {
  ChangeSavedView,
  NewSavedView,
  SavedViewItem,
  SavedViews,
  TABLES_OF,
  KEPT_PARAMETERS,
  type KeptParameter,
  OF_VENDORS,
  SORTS,
  ViewFileQuery,
  ViewMail,
  ViewMailFormat,
  type ViewScreen,
  type ViewTableName,
} from './saved-view.contract.js';
export { WaitingWork } from './waiting-work.contract.js';
export {
  type CareKind,
  type PartnerCare,
  type ProgrammeFigure,
  type ReleasedFigure,
  type RunningCampaign,
  VendorHome,
} from './vendor-home.contract.js';
export {
  ASSET_KINDS,
  AssetDownloads,
  AssetUses,
  CropShares,
  EditAsset,
  LibraryAsset,
  LibraryAssetQuery,
  LibraryAssets,
  ListedAsset,
  NewAsset,
  PartnerAsset,
  PartnerAssetFileQuery,
  PartnerAssets,
  PictureOrigin,
  PictureOriginQuery,
  PlacedPicture,
  PlacePicture,
  ReplacedAssets,
  ReplaceInCampaigns,
  SHARE_KINDS,
  ShareAsset,
  Signature,
  SignatureQuery,
  UploadAssetQuery,
  WithdrawAsset,
} from './asset.contract.js';
export {
  CutPicture,
  PartnerPicture,
  PartnerPictures,
  PictureCut,
  UploadPictureQuery,
} from './partner-picture.contract.js';
export { FONT_FALLBACKS, fontStack } from './font-stack.js';
export { SegmentCondition, SegmentCountRequest, SegmentRule } from './segment.contract.js';
export {
  ActivationEmbeds,
  EmbedState,
  OEmbedQuery,
  ReportedVisit,
  ReportVisit,
  SetWebsiteReporting,
  WebsiteReportingView,
} from './embed.contract.js';
export { type Source, sourceIn, SOURCES, withSource } from './source.js';

export { ChangeWave, PauseWaves, PlanWave, type WaveView, WavesView } from './wave.contract.js';
export {
  ChangeNewsletter,
  CreateNewsletter,
  NewsletterAudienceRequest,
  NewsletterAudienceView,
  type NewsletterCard,
  NewsletterLanguage,
  NewsletterPage,
  NewsletterPreviewView,
  NewsletterTest,
  NewsletterView,
  ReceivedNewsletterView,
  SendNewsletter,
} from './newsletter.contract.js';
export {
  ActivationUpdateView,
  AnswerUpdate,
  DecideUpdate,
  UpdatePreview,
  VersionUpdatesView,
  type VersionUpdateView,
} from './update.contract.js';
export { lineOfText } from './text.contract.js';
