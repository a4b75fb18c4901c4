export { SequencesModule, StepRecordsModule } from './sequences.module.js';
export { Enrolments } from './enrolments.service.js';
export { StepClaims } from './step-claims.service.js';
export { Submission } from './submission.service.js';
export { StepOutcomes } from './step-outcomes.service.js';
export { StepRecords, type Progress, type StepRecord } from './step-records.service.js';
export { SUBMIT_MESSAGES } from './sequences.jobs.js';
export { reasonSentence } from './reason.js';
