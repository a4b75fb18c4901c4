export { defineJob, type Job, type QueueName } from './job.js';
export { Handles } from './handles.js';
export { Jobs } from './jobs.service.js';
export { type DeadLetter, DeadLetters } from './dead-letters.service.js';
export { Ticker } from './ticker.service.js';
export { JobsModule, type JobsOptions } from './jobs.module.js';
export type { Consumption } from './job-runner.service.js';
