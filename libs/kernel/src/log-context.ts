import { AsyncLocalStorage } from 'node:async_hooks';

const fields = new AsyncLocalStorage<Readonly<Record<string, string>>>();

/**
 * Runs `work` so that every log line within carries these ids (`requestId`,
 * `jobId`). Ids only, never addresses.
 */
export function withLogContext<T>(context: Readonly<Record<string, string>>, work: () => T): T {
  return fields.run({ ...fields.getStore(), ...context }, work);
}

/** The ids of the current context; empty outside any. */
export function logContext(): Readonly<Record<string, string>> {
  return fields.getStore() ?? {};
}
