export { LeadsModule } from './leads.module.js';
export { Leads } from './leads.service.js';
export { LeadMoves } from './lead-moves.service.js';
export { type Deal, isOverdue } from './deals/deal.js';
export { DEAL_DETAIL_COLUMNS, dealDetailCells, withdrawalCells, withdrawalColumns } from './deals/deal-cells.js';
export { Deals, type ListedDeal } from './deals/deals.service.js';
export type { DealShare, DealShareId, SharedDeal } from './deals/deal-share.js';
export { DealShares } from './deals/deal-shares.service.js';
export { SharedDeals } from './deals/shared-deals.service.js';
export { DealShareMail } from './deals/deal-share-mail.service.js';
export { type DisclosedDeal, DisclosedDeals, type ListedDisclosedDeal } from './deals/disclosed-deals.service.js';
export { DealImports } from './deals/deal-imports.service.js';
export { type DoneDealImport, DealImportUndos, type UndonePlan } from './deals/deal-import-undos.service.js';
export { DealWithdrawals } from './deals/deal-withdrawals.service.js';
export { type DealImportId, type ImportedDeal, type PlannedDeal, type PlannedDeals } from './deals/deal-import.js';
export { LeadAmounts } from './lead-amounts.service.js';
export { Disclosures, type Disclosure, type DisclosureId } from './disclosures.service.js';
export { nextAnswers } from './disclosure-answer.js';
export { DisclosedLeads, type DisclosedLead } from './disclosed-leads.service.js';
export { DisclosureMail } from './disclosure-mail.service.js';
export { DisclosureRecipients } from './disclosure-recipients.service.js';
export { clickedLink, documentLink } from './clicked-link.js';
export { type LeadFacts, LeadFactsReader, titleIn } from './lead-facts.service.js';
export { LeadMailSettings } from './lead-mail-settings.service.js';
export { DEAL_SHARED, DISCLOSURE_ANSWERED, LEAD_DISCLOSED } from './leads.jobs.js';
export { type HistoryPosition, LeadHistories, type LeadMoment } from './lead-history.service.js';
export { isConfirmedLater, type ShownConsent } from './form-contacts.service.js';
export { type AfterForm, FormSubmissions, OptInRequests } from './form-submission.service.js';
export {
  type FormValueField,
  type AnswerProblem,
  type FormValues,
  answersOf,
  countryIn,
  languageOf,
  problemsOf,
  readFormValues,
} from './landing-form.js';
export { LeadReminders } from './lead-reminders.service.js';
export { nextStatuses, type Lead } from './lead.js';
export { ClickLeads } from './click-leads.service.js';
export { LeadRules, leadRuleVersion, type ActivationLeadRule } from './lead-rules.service.js';
