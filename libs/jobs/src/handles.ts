import type { Job } from './job.js';

export const HANDLES = Symbol('throughline:handles');

export interface Handler {
  readonly job: Job<unknown, unknown>;
  readonly run: (data: unknown) => Promise<unknown>;
}

/**
 * Marks a provider's method as the one handler of a job:
 * `@Handles(ENROL_CONTACTS) async enrol(data: …)`.
 */
export function Handles<Data, Result>(job: Job<Data, Result>) {
  return (
    _target: object,
    _name: string,
    descriptor: TypedPropertyDescriptor<(data: Data) => Promise<Result>>,
  ): void => {
    if (descriptor.value !== undefined) Reflect.defineMetadata(HANDLES, job, descriptor.value);
  };
}
