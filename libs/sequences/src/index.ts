export {
  DryRunsModule,
  ForecastsModule,
  SentEmailsModule,
  SendingOperationsModule,
  SendingWatchModule,
  SequencesModule,
  StepActionsModule,
  StepRecordsModule,
} from './sequences.module.js';
export type { DryRunRequest } from './forecast/dry-run-plans.service.js';
export { type DateForecast, DateForecasts } from './forecast/date-forecasts.service.js';
export { ProgrammeDryRuns, type ProgrammeDryRunState } from './forecast/programme-dry-runs.service.js';
export { ProgrammeForecasts } from './forecast/programme-forecasts.service.js';
export { UpdateCounts } from './forecast/update-counts.service.js';
export { type UpdateEstimate, UpdateEstimates } from './forecast/update-estimates.service.js';
export { DryRuns, type DryRunSoFar } from './forecast/dry-runs.service.js';
export type { SimulatedContact } from './forecast/dry-run.js';
export { CalendarImpact, type ActivationImpact } from './postponing/calendar-impact.service.js';
export { LateSteps } from './postponing/late-steps.service.js';
export { Postponements, type PostponementPreview } from './postponing/postponements.service.js';
export { DueQueue } from './enrolment/due-queue.service.js';
export { ContactEvents } from './enrolment/contact-events.service.js';
export { Exclusions } from './enrolment/exclusions.service.js';
export { DateEntries } from './entering/date-entries.service.js';
export { EntryRequests, ENTRY_CHANNEL } from './entering/entry-requests.service.js';
export { LaunchEnrolments } from './entering/launch-enrolments.service.js';
export { Enrolments } from './enrolment/enrolments.service.js';
export { ReadyPosts, type ReadyPost, type ReadyPostCursor } from './records/ready-posts.service.js';
export { HaltSubjects } from './operations/halt-subjects.service.js';
export { SendingOperations } from './operations/sending-operations.service.js';
export { SendingReports, type SendingExplanation } from './operations/sending-reports.service.js';
export { UnknownResolutions } from './operations/unknown-resolutions.service.js';
export { PartnerSendingSettings, type SendingSettings } from './operations/partner-sending-settings.service.js';
export { ProgrammeSending, type PartnerSending, type SendingCounts } from './operations/programme-sending.service.js';
export { RefusalWatch } from './operations/refusal-watch.service.js';
export { SendingResumption } from './operations/sending-resumption.service.js';
export { OverdueSteps } from './operations/overdue-steps.service.js';
export { SendingWatch } from './operations/sending-watch.service.js';
export { LeadCreation } from './moving/lead-creation.js';
export { StepActions } from './moving/step-actions.service.js';
export { StepClaims } from './sending/step-claims.service.js';
export { SequenceInbox, INBOX_CHANNEL } from './moving/sequence-inbox.service.js';
export { Submission } from './sending/submission.service.js';
export { StepOutcomes } from './moving/step-outcomes.service.js';
export { type DecisionCursor, StepRecords, type StepRecord } from './records/step-records.service.js';
export {
  type Chunk,
  chunksAtOnce,
  COUNT_UPDATE_CONTACTS,
  FORECAST_PROGRAMME,
  PERFORM_ACTION,
  SUBMIT_FEW,
  SUBMIT_MESSAGES,
} from './enrolment/sequences.jobs.js';
export { ActivationContacts, type PersonInActivation } from './records/activation-contacts.service.js';
export type { NextEmail } from './records/email-obstacles.service.js';
export { NextEmails } from './records/next-emails.service.js';
export { SentEmails } from './records/sent-emails.service.js';
export { RecalledEmails } from './records/recalled-emails.service.js';
export { ViewInBrowser } from './records/view-in-browser.service.js';
export { reasonSentence, vendorReasonSentence } from './enrolment/reason.js';
export { VendorUnknownMessages, type VendorUnknownMessage } from './operations/vendor-unknown-messages.service.js';
export { UnknownEvidence } from './operations/unknown-evidence.service.js';
