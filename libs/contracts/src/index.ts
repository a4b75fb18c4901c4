export { PageQuery, pageOf } from './page.contract.js';
export {
  DryRunRequest,
  DryRunView,
  ForeseenPeople,
  ForeseenPersonView,
  LateView,
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
  NewProviderSource,
  ProviderSources,
  ProviderSourceView,
  RevealedProviderSource,
  RotateProviderSecret,
} from './provider-source.contract.js';
export { Problem, ProblemEntry } from './problem.contract.js';
export { BrandProfile, BrandProfileEdit, LogoImageQuery, LogoUpload } from './brand-profile.contract.js';
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
export {
  ContactImport,
  ContactImportOptions,
  ContactImportPreview,
  ContactImportPreviewOptions,
  ContactImportProblem,
} from './contact-import.contract.js';
export { ContactList, ContactListChange, ContactLists, NewContactList } from './contact-list.contract.js';
export { PartnerCalendar } from './calendar.contract.js';
export { ConsentRule, PersonFile, Retention, RETENTION_LIMITS } from './privacy.contract.js';
export {
  NewSuppression,
  OptOutImport,
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
  AskPasswordReset,
  SetPassword,
  PASSWORD_MIN_CHARS,
} from './session.contract.js';
export {
  TeamMember,
  Team,
  InviteTeamMember,
  CreateApiKey,
  ApiKeyView,
  ApiKeys,
  CreatedApiKey,
  AuditEntryView,
  AuditEntries,
} from './team.contract.js';
export {
  PartnerInvitation,
  PartnerLine,
  PartnerProgress,
  PartnerProgressCounts,
  PartnerQuery,
  PartnerView,
  ResendInvitation,
  Partners,
  InvitePartner,
  ChangePartner,
  GroupRule,
  PartnerGroupInput,
  PartnerGroupView,
  PartnerGroups,
  PartnerGroupMembers,
} from './partner.contract.js';
export {
  ArtworkQuery,
  CampaignCard,
  CampaignDetail,
  CampaignPreview,
  CampaignPreviewQuery,
  AuthoringLanguage,
  CheckEdit,
  EditCheck,
  PackageFiles,
  SaveEdit,
  Campaigns,
  CampaignStatus,
  CampaignVersionCard,
  CampaignVersionDetail,
  PackageProblem,
  CampaignTemplate,
  CampaignTemplates,
  CopyCampaign,
  PublishVersion,
  ReturnVersion,
} from './campaign.contract.js';
export { ContactEvent, ToldEvent } from './sequence.contract.js';
export type { ConditionView, SequenceStepView, SequenceView, WaitView } from './sequence.contract.js';
export {
  OfferView,
  Offers,
  OfferDetail,
  PreviewQuery,
  EmailPreviewRequest,
  EmailPreview,
  TestMail,
  AudienceQuery,
  AudienceView,
  LaunchRequest,
  ActivationView,
  Activations,
  ActivationDetail,
  Assets,
  StepRecordView,
  StepRecords,
  ContactHistory,
  VendorActivations,
} from './activation.contract.js';
export {
  Amount,
  ChangeLead,
  DisclosedField,
  DisclosedLead,
  DisclosedLeads,
  Disclosures,
  DisclosureView,
  LeadHistory,
  LeadPage,
  LeadView,
  NewDisclosure,
} from './lead.contract.js';
export {
  InsightNumbers,
  InsightQuery,
  InsightRates,
  PartnerCampaignInsight,
  PartnerInsight,
  VendorCampaignInsight,
  VendorInsight,
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
} from './seal.contract.js';
export {
  ChooseSendingDomain,
  PartnerSending,
  SendingDomain,
  SendingRecordProblem,
  SendingRecordPurpose,
  SendingSettings,
} from './sending.contract.js';
export { Relays, RelayView, SaveRelay, SaveUnknownPolicy, UnknownPolicyView } from './relay.contract.js';
