import type { RouteObject } from 'react-router';
import { loadRemainingTexts } from '../shared/i18n';
import { StartScreen } from './StartScreen';

/**
 * Each screen is a chunk of its own, with its texts.
 * The home page loads nothing of the vendor's editor.
 */
const screen = (path: string, load: () => Promise<{ Component: React.ComponentType }>): RouteObject => ({
  path,
  lazy: async () => (await Promise.all([load(), loadRemainingTexts()]))[0],
});

export const publicRoutes: RouteObject[] = [
  screen('invitation/:token', async () => ({
    Component: (await import('../features/account/InvitationScreen')).InvitationScreen,
  })),
  screen('apply/:slug', async () => ({
    Component: (await import('../features/partners/applications/ApplyScreen')).ApplyScreen,
  })),
  screen('apply/:slug/confirm/:token', async () => ({
    Component: (await import('../features/partners/applications/ConfirmApplicationScreen')).ConfirmApplicationScreen,
  })),
  screen('first-run', async () => ({
    Component: (await import('../features/first-run/FirstRunScreen')).FirstRunScreen,
  })),
  screen('email/:token', async () => ({
    Component: (await import('../features/account/ConfirmEmailScreen')).ConfirmEmailScreen,
  })),
  screen('password', async () => ({
    Component: (await import('../features/account/PasswordScreens')).AskPasswordScreen,
  })),
  screen('password/:token', async () => ({
    Component: (await import('../features/account/PasswordScreens')).SetPasswordScreen,
  })),
];

export const sharedRoutes: RouteObject[] = [
  { index: true, element: <StartScreen /> },
  screen('settings', async () => ({ Component: (await import('./SettingsScreen')).SettingsScreen })),
  screen('team', async () => ({ Component: (await import('../features/team/TeamScreen')).TeamScreen })),
  screen('account', async () => ({
    Component: (await import('../features/profile/AccountScreen')).AccountScreen,
  })),
  screen('notifications', async () => ({
    Component: (await import('../features/notifications/NotificationsScreen')).NotificationsScreen,
  })),
  screen('security', async () => ({
    Component: (await import('../features/security/SecurityScreen')).SecurityScreen,
  })),
  screen('api-keys', async () => ({ Component: (await import('../features/team/ApiKeysScreen')).ApiKeysScreen })),
  screen('webhooks', async () => ({
    Component: (await import('../features/webhooks/WebhooksScreen')).WebhooksScreen,
  })),
  screen('webhooks/:id', async () => ({
    Component: (await import('../features/webhooks/WebhookScreen')).WebhookScreen,
  })),
  screen('costs', async () => ({ Component: (await import('../features/costs/CostsScreen')).CostsScreen })),
  screen('costs/import', async () => ({
    Component: (await import('../features/costs/ImportCostsScreen')).ImportCostsScreen,
  })),
  screen('audit', async () => ({ Component: (await import('../features/team/AuditScreen')).AuditScreen })),
];

export const partnerRoutes: RouteObject[] = [
  screen('library', async () => ({
    Component: (await import('../features/library/PartnerLibraryScreen')).PartnerLibraryScreen,
  })),
  screen('offers/:versionId', async () => ({
    Component: (await import('../features/offers/ReviewScreen')).ReviewScreen,
  })),
  screen('activations', async () => ({
    Component: (await import('../features/activations/ActivationsScreen')).ActivationsScreen,
  })),
  screen('activations/:id', async () => ({
    Component: (await import('../features/activations/ActivationScreen')).ActivationScreen,
  })),
  screen('contacts', async () => ({
    Component: (await import('../features/contacts/ContactsScreen')).ContactsScreen,
  })),
  screen('contacts/lists', async () => ({
    Component: (await import('../features/contacts/ContactListsScreen')).ContactListsScreen,
  })),
  screen('contacts/import', async () => ({
    Component: (await import('../features/contacts/ImportScreen')).ImportScreen,
  })),
  screen('contacts/import/:id', async () => ({
    Component: (await import('../features/contacts/ImportProgressScreen')).ImportProgressScreen,
  })),
  screen('contacts/:id/file', async () => ({
    Component: (await import('../features/person/PersonFileScreen')).PersonFileScreen,
  })),
  screen('suppressions/import', async () => ({
    Component: (await import('../features/opt-outs/PartnerOptOutsScreen')).PartnerOptOutsScreen,
  })),
  screen('privacy', async () => ({
    Component: (await import('../features/privacy/PrivacyScreen')).PrivacyScreen,
  })),
  screen('news/:id', async () => ({
    Component: (await import('../features/newsletters/ReceivedNewsletterScreen')).ReceivedNewsletterScreen,
  })),
  screen('posts', async () => ({
    Component: (await import('../features/posts/PostsScreen')).PostsScreen,
  })),
  screen('calendar', async () => ({
    Component: (await import('../features/calendar/CalendarScreen')).CalendarScreen,
  })),
  screen('suppressions', async () => ({
    Component: (await import('../features/contacts/SuppressionsScreen')).SuppressionsScreen,
  })),
  screen('results', async () => ({
    Component: (await import('../features/results/ResultsScreen')).ResultsScreen,
  })),
  screen('results/attribution/:id', async () => ({
    Component: (await import('../features/results/AttributionReportScreen')).AttributionReportScreen,
  })),
  screen('deals', async () => ({ Component: (await import('../features/deals/DealsScreen')).DealsScreen })),
  screen('deals/import', async () => ({
    Component: (await import('../features/deals/ImportDealsScreen')).ImportDealsScreen,
  })),
  screen('results/:id', async () => ({
    Component: (await import('../features/results/CampaignResultsScreen')).CampaignResultsScreen,
  })),
  screen('leads', async () => ({ Component: (await import('../features/leads/LeadsScreen')).LeadsScreen })),
  screen('brand', async () => ({ Component: (await import('../features/brand/BrandScreen')).BrandScreen })),
  screen('vendors', async () => ({
    Component: (await import('../features/vendors/VendorsScreen')).VendorsScreen,
  })),
  screen('sending', async () => ({
    Component: (await import('../features/sending/SendingScreen')).SendingScreen,
  })),
];

export const vendorRoutes: RouteObject[] = [
  screen('asset-library', async () => ({
    Component: (await import('../features/library/LibraryScreen')).LibraryScreen,
  })),
  screen('brand-kit', async () => ({
    Component: (await import('../features/brand-kit/BrandKitScreen')).BrandKitScreen,
  })),
  screen('shared-leads', async () => ({
    Component: (await import('../features/shared-leads/SharedLeadsScreen')).SharedLeadsScreen,
  })),
  screen('opt-outs', async () => ({
    Component: (await import('../features/opt-outs/VendorOptOutsScreen')).VendorOptOutsScreen,
  })),
  screen('mail-providers', async () => ({
    Component: (await import('../features/providers/ProvidersScreen')).ProvidersScreen,
  })),
  screen('relays', async () => ({ Component: (await import('../features/sending/RelaysScreen')).RelaysScreen })),
  screen('newsletters', async () => ({
    Component: (await import('../features/newsletters/NewslettersScreen')).NewslettersScreen,
  })),
  screen('newsletters/:id', async () => ({
    Component: (await import('../features/newsletters/NewsletterScreen')).NewsletterScreen,
  })),
  screen('newsletters/:newsletterId/content/:id/:number', async () => ({
    Component: (await import('../features/editor/EditorScreen')).EditorScreen,
  })),
  screen('partner-activity', async () => ({
    Component: (await import('../features/programme-activity/ProgrammeActivityScreen')).ProgrammeActivityScreen,
  })),
  screen('campaign-results', async () => ({
    Component: (await import('../features/results/VendorResultsScreen')).VendorResultsScreen,
  })),
  screen('campaigns', async () => ({
    Component: (await import('../features/campaigns/CampaignsScreen')).CampaignsScreen,
  })),
  screen('campaigns/new', async () => ({
    Component: (await import('../features/campaigns/start/NewCampaignScreen')).NewCampaignScreen,
  })),
  screen('campaigns/:id', async () => ({
    Component: (await import('../features/campaigns/CampaignScreen')).CampaignScreen,
  })),
  screen('old-contents', async () => ({
    Component: (await import('../features/campaigns/OldContentsScreen')).OldContentsScreen,
  })),
  screen('campaigns/:id/recalls/:recallId', async () => ({
    Component: (await import('../features/campaigns/recalls/RecallScreen')).RecallScreen,
  })),
  screen('campaigns/:id/versions/new', async () => ({
    Component: (await import('../features/campaigns/UploadScreen')).UploadScreen,
  })),
  screen('campaigns/:id/versions/:number', async () => ({
    Component: (await import('../features/campaigns/VersionScreen')).VersionScreen,
  })),
  screen('campaigns/:id/versions/:number/edit', async () => ({
    Component: (await import('../features/editor/EditorScreen')).EditorScreen,
  })),
  screen('plan', async () => ({ Component: (await import('../features/plan/PlanScreen')).PlanScreen })),
  screen('partner-applications', async () => ({
    Component: (await import('../features/partners/applications/ApplicationsScreen')).ApplicationsScreen,
  })),
  screen('partners', async () => ({
    Component: (await import('../features/partners/PartnersScreen')).PartnersScreen,
  })),
  screen('partners/import', async () => ({
    Component: (await import('../features/partner-import/ImportPartnersScreen')).ImportPartnersScreen,
  })),
  screen('partners/:id', async () => ({
    Component: (await import('../features/partner-page/PartnerScreen')).PartnerScreen,
  })),
  screen('programme-terms', async () => ({
    Component: (await import('../features/programme-terms/ProgrammeTermsScreen')).ProgrammeTermsScreen,
  })),
  screen('onboarding-reminders', async () => ({
    Component: (await import('../features/onboarding-reminders/OnboardingRemindersScreen')).OnboardingRemindersScreen,
  })),
  screen('partner-attributes', async () => ({
    Component: (await import('../features/partner-attributes/AttributesScreen')).AttributesScreen,
  })),
  screen('partner-tiers', async () => ({
    Component: (await import('../features/partners/tiers/TiersScreen')).TiersScreen,
  })),
  screen('partner-sending', async () => ({
    Component: (await import('../features/sending/PartnerSendingScreen')).PartnerSendingScreen,
  })),
  screen('signing-keys', async () => ({
    Component: (await import('../features/team/SigningKeysScreen')).SigningKeysScreen,
  })),
  screen('partner-groups', async () => ({
    Component: (await import('../features/partners/PartnerGroupsScreen')).PartnerGroupsScreen,
  })),
];
