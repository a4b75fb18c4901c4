export {
  DryRunsModule,
  SendingOperationsModule,
  SendingWatchModule,
  SequencesModule,
  StepRecordsModule,
} from './sequences.module.js';
export type { DryRunRequest } from './dry-run-plans.service.js';
export { ProgrammeDryRuns, type ProgrammeDryRunSoFar } from './programme-dry-runs.service.js';
export { DryRuns, type DryRunSoFar } from './dry-runs.service.js';
export type { DryRun, ForeseenPerson } from './dry-run.js';
export { CalendarShifts, type ForeseenShift } from './calendar-shifts.service.js';
export { LateSteps, type LateStep } from './late-steps.service.js';
export { PutOffs, type ForeseenPutOff } from './put-offs.service.js';
export { DueQueue } from './due-queue.service.js';
export { ContactEvents } from './contact-events.service.js';
export { CampaignReach } from './campaign-reach.service.js';
export { Enrolments } from './enrolments.service.js';
export { ReadyPosts, type ReadyPost, type ReadyPostCursor, type ReadyPostQuery } from './ready-posts.service.js';
export { HaltSubjects } from './halt-subjects.service.js';
export { SendingOperations, type WhyStory } from './sending-operations.service.js';
export {
  SendingSettingsDesk,
  type PartnerSending,
  type SendingCounts,
  type SendingSettings,
} from './sending-settings.service.js';
export { StuckSteps } from './stuck-steps.service.js';
export { SendingWatch } from './sending-watch.service.js';
export { StepActions } from './step-actions.service.js';
export { StepClaims } from './step-claims.service.js';
export { Turns, TURNS_CHANNEL } from './turns.service.js';
export { Submission } from './submission.service.js';
export { StepOutcomes } from './step-outcomes.service.js';
export { type DecisionCursor, StepRecords, type Progress, type StepRecord } from './step-records.service.js';
export { type Chunk, chunksAtOnce, PERFORM_ACTION, SUBMIT_FEW, SUBMIT_MESSAGES } from './sequences.jobs.js';
export { PeopleOfActivations, type PersonInActivation } from './people.service.js';
export { REASON_CODES, reasonSentence } from './reason.js';
export { UnknownDesk, type VendorsUnknown } from './unknown-desk.service.js';
export { UnknownEvidence } from './unknown-evidence.service.js';
