export { ContactsModule } from './contacts.module.js';
export { ContactSelection, type ContactFilter } from './contact-selection.service.js';
export { ContactDates } from './contact-dates.service.js';
export { Contacts } from './contacts.service.js';
export { ContactRecords } from './contact-records.service.js';
export { ContactLists, type ContactListWithSize } from './contact-lists.service.js';
export { BouncedAddresses } from './bounced-addresses.service.js';
export { Suppressions, type NewSuppression, type SuppressionScope } from './suppressions.service.js';
export { consentRuleVersion, DoubleOptIns, type OptIn } from './double-opt-ins.service.js';
export { DeletedContacts, type LeavingContact } from './deleted-contacts.service.js';
export { OwnOptOuts } from './own-opt-outs.service.js';
export { Preferences } from './preferences.service.js';
export type { Audience, LaunchExclusion, LaunchLists, OnRecipients } from './audience.js';
export { Segments } from './segments/segments.service.js';
export { SendPolicy, type OptOutsCounted, type SendDecision } from './send-policy.service.js';
export {
  type CapsInForce,
  frequencyCapVersion,
  OrganisationFrequencyCaps,
  type OrganisationFrequencyCap,
} from './organisation-frequency-caps.service.js';
export { SharedSuppressions } from './shared-suppressions.service.js';
export { FrequencyCaps } from './frequency-caps.service.js';
export { PolicyRefusals, REFUSALS_WINDOW_MS } from './policy-refusals.service.js';
export { type FrequencyRule, isAtOwnCap, longestWindowMs, frequencyUseAt } from './frequency-window.js';
export { ContactImports } from './imports/contact-imports.service.js';
export { ContactImporter } from './imports/contact-importer.service.js';
export { OptOutImports, type OptOutImport, type OptOutPreview } from './imports/opt-out-imports.service.js';
export { POLICY_REFUSED, IMPORT_CONTACTS } from './contacts.jobs.js';
export { POLICY_REASONS } from './policy-reason.js';
export { ROW_PROBLEMS, type RowProblem } from './imports/contact-candidate.js';
export { MAX_FILE_BYTES } from './imports/list-format.js';
export type { CsvFile } from './imports/csv-file.js';
export { ENCODINGS } from './imports/alphabets.data.js';
export type { ContactImport } from './imports/contact-import.js';
export { type AskingForm, type Contact, type ContactForSending, type ConsentRecord, shownName } from './contact.js';
export type { ContactInput } from './contact-input.js';
export type { Suppression } from './suppression.js';
export { checkField, withoutUnsafeCharacters } from './contact-fields.js';
export { csvLines } from './csv-cell.js';
export { readTable } from './imports/list-task.js';
export { type ListTable, MAX_TABLE_BYTES } from './imports/list-table.js';
export { countryNamed } from './country-names.js';
export { dateIn, type DayOrder, dayOrderOf } from './date-text.js';
export { MAX_OPT_OUT_BYTES } from './imports/opt-out-list.js';
