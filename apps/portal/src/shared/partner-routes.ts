import type { z } from 'zod';
import type {
  AllVendorTerms,
  AttributesForVendors,
  AttributesOfPartner,
  OnboardingReminderPartners,
  OnboardingRemindersView,
  OnboardingView,
  ComingDrops,
  OwnTiers,
  PartnerAttributes,
  PartnerAttributeView,
  PartnerImportView,
  PartnerActivity,
  PartnerOverview,
  PartnerStandings,
  ProgrammeActivity,
  ProgrammeTermsView,
  TermsPartners,
  TierChanges,
  TierOfPartner,
  TierPreview,
  TierRulesView,
} from '#contracts';

/** Routes of attributes, terms, tiers and imports of partners, for vendor and partner. Part of `Routes`. */
export interface PartnerRoutes {
  'GET /programme-activity': ProgrammeActivity;
  'GET /programme-activity/partners': z.output<typeof PartnerStandings>;
  'GET /partner-attributes': z.output<typeof PartnerAttributes>;
  'POST /partner-attributes': PartnerAttributeView;
  'PUT /partner-attributes/:attributeId': PartnerAttributeView;
  'DELETE /partner-attributes/:attributeId': undefined;
  'GET /partners/:partnerId/attributes': z.output<typeof AttributesOfPartner>;
  'GET /partners/:partnerId/activity': PartnerActivity;
  'GET /partners/:partnerId/overview': PartnerOverview;
  'PATCH /partners/:partnerId/attributes': z.output<typeof AttributesOfPartner>;
  'POST /partners/import/preview': PartnerImportView;
  'POST /partners/import': PartnerImportView;
  'GET /onboarding': OnboardingView;
  'POST /onboarding/hidden': undefined;
  'GET /onboarding-reminders': OnboardingRemindersView;
  'PUT /onboarding-reminders': OnboardingRemindersView;
  'GET /onboarding-reminders/partners': z.output<typeof OnboardingReminderPartners>;
  'GET /programme-terms': ProgrammeTermsView;
  'POST /programme-terms': ProgrammeTermsView;
  'GET /programme-terms/partners': z.output<typeof TermsPartners>;
  'GET /vendor-terms': z.output<typeof AllVendorTerms>;
  'POST /vendor-terms/accept': z.output<typeof AllVendorTerms>;
  'GET /tier-rules': TierRulesView;
  'PUT /tier-rules': TierRulesView;
  'POST /tier-rules/preview': TierPreview;
  'GET /tier-drops': z.output<typeof ComingDrops>;
  'GET /tier-changes': z.output<typeof TierChanges>;
  'GET /partners/:partnerId/tier': TierOfPartner;
  'POST /partners/:partnerId/tier': TierOfPartner;
  'DELETE /partners/:partnerId/tier': TierOfPartner;
  'GET /vendor-tiers': OwnTiers;
  'GET /vendor-attributes': z.output<typeof AttributesForVendors>;
  'PATCH /vendor-attributes': z.output<typeof AttributesForVendors>;
}
