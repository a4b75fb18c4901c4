export { LeadsModule } from './leads.module.js';
export { Leads } from './leads.service.js';
export { LeadAmounts } from './lead-amounts.service.js';
export { Disclosures, type Disclosure, type DisclosureId } from './disclosures.service.js';
export { type HistoryPosition, LeadHistories } from './lead-history.service.js';
export { FormSubmissions, OptInRequests, type ShownConsent } from './form-submission.service.js';
export {
  type FormValueField,
  type AnswerProblem,
  type FormValues,
  countryIn,
  languageOf,
  problemsOf,
  readFormValues,
} from './landing-form.js';
export { LeadReminders } from './lead-reminders.service.js';
export { nextStatuses, type Lead } from './lead.js';
export { ClickLeads } from './click-leads.service.js';
export { LeadRules, leadRuleVersion, type ActivationLeadRule } from './lead-rules.service.js';
