export { defineJob, type Job } from './job.js';
export { Handles } from './handles.js';
export { Jobs } from './jobs.service.js';
export { DeadLetters } from './dead-letters.service.js';
export { BackgroundWork } from './background-work.service.js';
export { JobsModule } from './jobs.module.js';
export type { Consumption } from './job-runner.service.js';
