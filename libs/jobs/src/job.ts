import type { z } from 'zod';

/**
 * Kinds of work that must not wait for one another. `rendering` is CPU-bound and `imports` reads big files (both the
 * renderer's); `scheduling`, `delivery`, `delivery-ahead` (of those who have few, beside somebody's hundred thousand), `notifications` and
 * `webhooks` (which wait for strangers' servers) are the scheduler's.
 */
export const QUEUES = [
  'rendering',
  'imports',
  'scheduling',
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
  /** Ids, numbers, short words; never a person's data: a queue is not a place of truth. */
  readonly data: z.ZodType<Data>;
  readonly result: z.ZodType<Result>;
  /** How often a durable job is tried before it waits for an operator. */
  readonly attempts: number;
  /** How long one try of a durable job may take before another process may try it. */
  readonly leaseMs: number;
}

const defined = new Map<string, Job<never, unknown>>();

/**
 * Names a job once; who wants it done and who does it share this object.
 * @throws Error when the name is taken.
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

/** Every job of one queue that the loaded libs define. */
export function jobsOf(queue: QueueName): Job<never, unknown>[] {
  return [...defined.values()].filter((job) => job.queue === queue);
}

export function jobNamed(name: string): Job<never, unknown> | undefined {
  return defined.get(name);
}

/** Seconds before try `attempt + 1`: 2, 8, 32, … at most 15 minutes. */
export function backOffSeconds(attempt: number): number {
  return Math.min(2 * 4 ** Math.max(0, attempt - 1), 900);
}
