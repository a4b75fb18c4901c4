import type { z } from 'zod';

/**
 * Queues that must not wait for one another. `rendering` is CPU-bound and
 * `imports` reads large files; both belong to the renderer. `scheduling`,
 * `forecasts` (minutes each),
 * `delivery`, `delivery-ahead` (small sends, beside another partner's hundred
 * thousand), `notifications` and `webhooks` (which waits for other servers)
 * belong to the scheduler.
 */
export const QUEUES = [
  'rendering',
  'imports',
  'scheduling',
  'forecasts',
  'delivery',
  'delivery-ahead',
  'notifications',
  'webhooks',
] as const;
export type QueueName = (typeof QUEUES)[number];

export interface Job<Data, Result> {
  /** `<lib>.<verb-noun>`, unique: `activations.enrol-contacts`. */
  readonly name: string;
  readonly queue: QueueName;
  /**
   * Ids, numbers, short words. Never personal data: a queue is not a database.
   */
  readonly data: z.ZodType<Data>;
  readonly result: z.ZodType<Result>;
  /** Attempts of a durable job before it is dead-lettered. */
  readonly attempts: number;
  /**
   * How long one attempt of a durable job may take before another process may
   * try it.
   */
  readonly leaseMs: number;
}

const defined = new Map<string, Job<never, unknown>>();

/**
 * Defines a job once; the code that enqueues it and its handler share the
 * definition.
 * @throws Error when the name is already defined.
 */
export function defineJob<Data, Result = void>(definition: {
  name: `${string}.${string}`;
  queue: QueueName;
  data: z.ZodType<Data>;
  result: z.ZodType<Result>;
  attempts?: number;
  leaseMs?: number;
}): Job<Data, Result> {
  if (defined.has(definition.name)) throw new Error(`The job ${definition.name} is defined twice.`);
  const job: Job<Data, Result> = { attempts: 5, leaseMs: 10 * 60_000, ...definition };
  defined.set(job.name, job as unknown as Job<never, unknown>);
  return job;
}

/** All jobs of one queue that the loaded libs define. */
export function jobsOf(queue: QueueName): Job<never, unknown>[] {
  return [...defined.values()].filter((job) => job.queue === queue);
}

export function jobNamed(name: string): Job<never, unknown> | undefined {
  return defined.get(name);
}

/** Seconds before attempt `attempt + 1`: 2, 8, 32, … at most 15 minutes. */
export function backOffSeconds(attempt: number): number {
  return Math.min(2 * 4 ** Math.max(0, attempt - 1), 900);
}
