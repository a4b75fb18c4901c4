import type { z } from 'zod';
import type {
  WebsiteReportingView,
  ActivationInsight,
  ApiKeys,
  ApplicationFormView,
  Applications as ApplicationList,
  ApplicationView,
  AssignedPartners,
  AuthoringLanguage,
  ChannelManagersView,
  BrandKit,
  BrandKitPreview,
  BrandProfile,
  StoredConsentRule,
  ContactCount,
  ContactDetail,
  ContactHistory,
  ContactImport,
  ContactImportPreview,
  ContactList,
  ContactLists,
  CreatedApiKey,
  DatesView,
  DecidedUnknown,
  DistributionView,
  DistributorsView,
  DryRunView,
  EmailPreview,
  HostClaim,
  InboundMailbox,
  FirstRunView,
  ColleagueSuggestions,
  InvitedCompanies,
  InvitationView,
  PartnerDuplicates,
  LogoUpload,
  OfferDetail,
  PasskeyRequestOptions,
  OfferSlotPositions,
  Offers,
  PagePreview,
  PartnerCampaignInsight,
  PartnerGroupSize,
  PartnerGroupView,
  PartnerGroupMembers,
  PartnerGroups,
  PartnerInsight,
  PartnerProgressCounts,
  PartnerSending,
  OwnSharedTotals,
  NotificationPage,
  SavedViews,
  TimelineMarks,
  VendorHome,
  WaitingWork,
  PartnerTerms,
  SearchView,
  PartnerTraits,
  PartnerTotalsPage,
  PartnerVendors,
  PartnerView,
  RemindedPartners,
  DataSubjectExport,
  ProviderSourceView,
  ProviderSources,
  PublicApplicationForm,
  RelayView,
  Relays,
  ReplayedWebhooks,
  StoredRetention,
  RevealedWebhookEndpoint,
  SendingDomain,
  SendingSettings,
  SessionView,
  SetUpChecklistView,
  SigningKeys,
  Team,
  TeamInvitations,
  TestMail,
  UnknownMessages,
  UnknownPolicyView,
  VendorInsight,
  VendorSending,
  VendorUse,
  VerifiedHosts,
  WaitingPosts,
  WebhookDeliveryDetail,
  WebhookDeliveryView,
  WebhookEndpointView,
  WebhookEndpoints,
  WebhookEventTypes,
  WebhookTestResult,
  RevealedProviderSource,
  ContactImportPage,
  RetentionOutlook,
  VendorDealSums,
  VendorDomain,
  FrequencyCapView,
  ContactCampaigns,
  SendingPreferenceView,
  LaunchDelayView,
  SlotTextsView,
  Partners,
  AuditEntries,
  ContactPage,
  ForecastContacts,
  ReadyPosts,
  SuppressionPage,
  WebhookDeliveries,
} from '#contracts';
import type { AccountRoutes } from './account-routes';
import type { ActivationRoutes } from './activation-routes';
import type { CampaignRoutes } from './campaign-routes';
import type { DraftRoutes } from './draft-routes';
import type { LeadRoutes } from './lead-routes';
import type { LibraryRoutes } from './library-routes';
import type { NewsletterRoutes } from './newsletter-routes';
import type { PartnerRoutes } from './partner-routes';

/**
 * Response type of each API route that the portal calls.
 * A request names its route, so path and type cannot disagree.
 * `:name` is a path parameter.
 * `unknown`: the portal does not read the answer.
 */
export interface Routes
  extends
    AccountRoutes,
    ActivationRoutes,
    CampaignRoutes,
    DraftRoutes,
    LeadRoutes,
    LibraryRoutes,
    NewsletterRoutes,
    PartnerRoutes {
  'GET /website-reporting': WebsiteReportingView;
  'PUT /website-reporting': WebsiteReportingView;
  'GET /api-keys': z.output<typeof ApiKeys>;
  'POST /api-keys': z.output<typeof CreatedApiKey>;
  'DELETE /api-keys/:apiKeyId': undefined;
  'GET /authoring-language': AuthoringLanguage;
  'GET /brand-kit': BrandKit;
  'PUT /brand-kit': BrandKit;
  'PUT /brand-kit/logo': BrandKit;
  'DELETE /brand-kit/logo': undefined;
  'GET /brand-kit/mail-preview': BrandKitPreview;
  'PUT /brand-profile': BrandProfile;
  'GET /brand-profile': BrandProfile;
  'GET /brand-profile/logo': z.output<typeof LogoUpload>;
  'PUT /brand-profile/logo': z.output<typeof LogoUpload>;
  'PUT /brand-profile/logo/:surface': z.output<typeof LogoUpload>;
  'PUT /brand-profile/logo/:surface/source': z.output<typeof LogoUpload>;
  'GET /waiting-work': WaitingWork;
  'GET /vendor-home': VendorHome;
  'GET /saved-views': SavedViews;
  'POST /saved-views': SavedViews;
  'PATCH /saved-views/:viewId': SavedViews;
  'DELETE /saved-views/:viewId': undefined;
  'PUT /saved-views/:viewId/mail': SavedViews;
  'DELETE /saved-views/:viewId/mail': undefined;
  'GET /search': SearchView;
  'GET /notifications': NotificationPage;
  'POST /notifications/read': NotificationPage;
  'GET /consent-rule': StoredConsentRule;
  'PUT /consent-rule': StoredConsentRule;
  'POST /contact-imports': ContactImport;
  'GET /contact-imports/:contactImportId': ContactImport;
  'POST /contact-imports/:contactImportId/cancel': ContactImport;
  'POST /contact-imports/preview': ContactImportPreview;
  'GET /contact-lists': z.output<typeof ContactLists>;
  'POST /contact-lists': ContactList;
  'POST /contact-lists/segment-count': ContactCount;
  'PATCH /contact-lists/:contactListId': ContactList;
  'POST /contacts': unknown;
  'PATCH /contacts/:contactId': ContactDetail;
  'GET /contacts/:contactId': ContactDetail;
  'DELETE /contacts/:contactId': undefined;
  'POST /contacts/:contactId/erase': undefined;
  'GET /contacts/:contactId/campaigns': ContactCampaigns;
  'POST /contacts/:contactId/campaigns/answered': ContactCampaigns;
  'POST /contacts/:contactId/campaigns/take-out': ContactCampaigns;
  'POST /contacts/:contactId/campaigns/readmit': ContactCampaigns;
  'GET /contacts/:contactId/history': z.output<typeof ContactHistory>;
  'GET /contacts/:contactId/data-export': DataSubjectExport;
  'POST /contacts/consent': undefined;
  'GET /contacts/count': ContactCount;
  'GET /inbound-mailbox': InboundMailbox;
  'GET /insight': PartnerInsight;
  'GET /insight/marks': TimelineMarks;
  'GET /insight/activations/:activationId': ActivationInsight;
  'GET /insight/campaigns/:campaignId': PartnerCampaignInsight;
  'GET /application-form': ApplicationFormView;
  'PUT /application-form': ApplicationFormView;
  'GET /applications': ApplicationList;
  'POST /applications/:applicationId/accept': ApplicationView;
  'POST /applications/:applicationId/refuse': ApplicationView;
  'GET /applications/forms/:slug': PublicApplicationForm;
  'POST /applications/forms/:slug': undefined;
  'POST /applications/confirmations/:token': undefined;
  'GET /invitations/:token': z.output<typeof InvitationView>;
  'POST /invitations/:token/accept': SessionView;
  'GET /invitations/:token/companies': InvitedCompanies;
  'POST /invitations/:token/join': SessionView;
  'GET /offers': z.output<typeof Offers>;
  'GET /offers/:versionId': OfferDetail;
  'POST /offers/:versionId/dates': DatesView;
  'POST /offers/:versionId/dry-run': DryRunView;
  'GET /offers/:versionId/texts': SlotTextsView;
  'PUT /offers/:versionId/texts/:locale': SlotTextsView;
  'GET /offers/:versionId/places': OfferSlotPositions;
  'POST /offers/:versionId/preview/emails/:key': z.output<typeof EmailPreview>;
  'POST /offers/:versionId/preview/emails/:key/test': z.output<typeof TestMail>;
  'POST /offers/:versionId/preview/pages/:pageKey': z.output<typeof PagePreview>;
  'GET /channel-managers': ChannelManagersView;
  'POST /channel-managers/assignments': z.output<typeof AssignedPartners>;
  'GET /distributors': DistributorsView;
  'PUT /partners/:partnerId/distribution': PartnerView;
  'GET /distribution': DistributionView;
  'POST /distribution/proposals': DistributionView;
  'GET /partner-groups': z.output<typeof PartnerGroups>;
  'POST /partner-groups': PartnerGroupView;
  'PUT /partner-groups/:partnerGroupId': PartnerGroupView;
  'DELETE /partner-groups/:partnerGroupId': undefined;
  'POST /partner-groups/:partnerGroupId/archive': PartnerGroupView;
  'POST /partner-groups/:partnerGroupId/restore': PartnerGroupView;
  'GET /partners/traits': PartnerTraits;
  'GET /partner-groups/:partnerGroupId/members': z.output<typeof PartnerGroupMembers>;
  'POST /partner-groups/size': PartnerGroupSize;
  'GET /partner-sending': PartnerSending;
  'PATCH /partners/:partnerId': PartnerView;
  'POST /partners/:partnerId/end': PartnerView;
  'POST /partners/:partnerId/reinstate': PartnerView;
  'DELETE /partners/:partnerId/invitation': undefined;
  'POST /partners/:partnerId/invitation': undefined;
  'POST /partners/invitations': PartnerView;
  'POST /partners/reminders': RemindedPartners;
  'POST /partners/duplicates': PartnerDuplicates;
  'POST /partners/:partnerId/colleagues': undefined;
  'GET /partners/progress': PartnerProgressCounts;
  'POST /password-resets': undefined;
  'POST /password-resets/:token': undefined;
  'POST /provider-sources': z.output<typeof RevealedProviderSource>;
  'GET /provider-sources': z.output<typeof ProviderSources>;
  'PATCH /provider-sources/:providerSourceId': ProviderSourceView;
  'DELETE /provider-sources/:providerSourceId': undefined;
  'POST /provider-sources/:providerSourceId/secrets': z.output<typeof RevealedProviderSource>;
  'GET /ready-posts/waiting': WaitingPosts;
  'GET /relays': z.output<typeof Relays>;
  'DELETE /relays/:relayId': undefined;
  'POST /relays/:relayId/check': RelayView;
  'GET /retention': StoredRetention;
  'PUT /retention': StoredRetention;
  'GET /sending': SendingSettings;
  'PUT /sending/domain': SendingDomain;
  'POST /sending/resume': SendingSettings;
  'POST /email-changes/:token': undefined;
  'POST /session/confirmation': undefined;
  'POST /session/confirmation/challenge': PasskeyRequestOptions;
  'POST /session/passkey': SessionView;
  'POST /session/passkey/challenge': PasskeyRequestOptions;
  'DELETE /session': undefined;
  'GET /first-run': FirstRunView;
  'POST /first-run': SessionView;
  'GET /set-up': SetUpChecklistView;
  'POST /set-up/test-mail': undefined;
  'POST /set-up/hidden': undefined;
  'GET /session': SessionView;
  'POST /session': SessionView;
  'POST /session/organisation': SessionView;
  'POST /signing-keys': SigningKeys;
  'POST /suppressions': unknown;
  'DELETE /suppressions/:suppressionId': undefined;
  'GET /team': z.output<typeof Team>;
  'PATCH /team/:memberId': undefined;
  'DELETE /team/:memberId': undefined;
  'GET /team/suggestions': ColleagueSuggestions;
  'POST /team/suggestions/:suggestionId/invite': undefined;
  'POST /team/suggestions/:suggestionId/decline': undefined;
  'GET /team/invitations': z.output<typeof TeamInvitations>;
  'POST /team/invitations': unknown;
  'DELETE /team/invitations/:invitationId': undefined;
  'POST /team/invitations/:invitationId/resend': undefined;
  'GET /unknown-messages': UnknownMessages;
  'POST /unknown-messages/decide': DecidedUnknown;
  'GET /unknown-policy': UnknownPolicyView;
  'PUT /unknown-policy': UnknownPolicyView;
  'GET /vendor-insight': VendorInsight;
  'GET /vendor-insight/marks': TimelineMarks;
  'GET /vendor-insight/use': VendorUse;
  'GET /vendor-sending': VendorSending;
  'GET /verified-hosts': VerifiedHosts;
  'POST /verified-hosts': HostClaim;
  'DELETE /verified-hosts/:host': undefined;
  'POST /verified-hosts/:host/check': HostClaim;
  'GET /webhook-endpoints': z.output<typeof WebhookEndpoints>;
  'POST /webhook-endpoints': z.output<typeof RevealedWebhookEndpoint>;
  'GET /webhook-endpoints/:webhookEndpointId': WebhookEndpointView;
  'PUT /webhook-endpoints/:webhookEndpointId': WebhookEndpointView;
  'DELETE /webhook-endpoints/:webhookEndpointId': undefined;
  'GET /webhook-endpoints/:webhookEndpointId/deliveries/:deliveryId': z.output<typeof WebhookDeliveryDetail>;
  'POST /webhook-endpoints/:webhookEndpointId/deliveries/:deliveryId/replay': WebhookDeliveryView;
  'POST /webhook-endpoints/:webhookEndpointId/replays': z.output<typeof ReplayedWebhooks>;
  'POST /webhook-endpoints/:webhookEndpointId/secrets': z.output<typeof RevealedWebhookEndpoint>;
  'POST /webhook-endpoints/:webhookEndpointId/tests': z.output<typeof WebhookTestResult>;
  'GET /webhook-event-types': z.output<typeof WebhookEventTypes>;
  'DELETE /contact-lists/:contactListId': undefined;
  'GET /contact-imports': z.output<typeof ContactImportPage>;
  'GET /audit-entries': z.output<typeof AuditEntries>;
  'GET /ready-posts': z.output<typeof ReadyPosts>;
  'POST /offers/:versionId/dry-run/people': z.output<typeof ForecastContacts>;
  'GET /suppressions': z.output<typeof SuppressionPage>;
  'GET /contacts': z.output<typeof ContactPage>;
  'GET /webhook-endpoints/:webhookEndpointId/deliveries': z.output<typeof WebhookDeliveries>;
  'GET /retention/outlook': RetentionOutlook;
  'POST /sending/domain/check': SendingDomain;
  'DELETE /sending/domain': undefined;
  'PUT /vendor-sending/domain': VendorDomain;
  'POST /vendor-sending/domain/check': VendorDomain;
  'DELETE /vendor-sending/domain': undefined;
  'POST /relays': RelayView;
  'POST /relay-consents': z.output<typeof PartnerVendors>;
  'POST /relay-consents/revoke': z.output<typeof PartnerVendors>;
  'GET /shared-totals': OwnSharedTotals;
  'PUT /shared-totals': z.output<typeof PartnerVendors>;
  'PUT /counted-deals': z.output<typeof PartnerVendors>;
  'GET /vendor-insight/deal-sums': VendorDealSums;
  'GET /partner-terms': z.output<typeof PartnerTerms>;
  'PUT /partner-terms': z.output<typeof PartnerTerms>;
  'GET /vendor-insight/partners': PartnerTotalsPage;
  'GET /vendors': z.output<typeof PartnerVendors>;
  'POST /vendors/leave': z.output<typeof PartnerVendors>;
  'POST /vendors/stay': z.output<typeof PartnerVendors>;
  'PUT /relays/:relayId': RelayView;
  'GET /sending/preferences': SendingPreferenceView;
  'PATCH /sending/preferences': SendingPreferenceView;
  'GET /sending/launch-delay': LaunchDelayView;
  'PUT /sending/launch-delay': LaunchDelayView;
  'GET /sending/frequency-cap': FrequencyCapView;
  'PUT /sending/frequency-cap': FrequencyCapView;
  'GET /vendor-sending/frequency-cap': FrequencyCapView;
  'PUT /vendor-sending/frequency-cap': FrequencyCapView;
  'GET /signing-keys': SigningKeys;
  'GET /partners/:partnerId': PartnerView;
  'GET /partners': z.output<typeof Partners>;
}
