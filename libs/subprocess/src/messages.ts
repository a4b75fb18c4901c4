import { DomainError, messageOf, type ErrorKind } from '#kernel';

/** An error on its way to another process. */
export interface SentError {
  readonly message: string;
  /** Set if it is a `DomainError`. */
  readonly refusal: {
    readonly code: `${string}.${string}`;
    readonly details: Record<string, unknown>;
    readonly kind: ErrorKind;
  } | null;
  /** Set if it is a `TaskLimitError`. */
  readonly limit: Limit | null;
}

/** What ended a run: too much time, too much memory, or a crash. */
export type Limit = 'time' | 'memory' | 'crash';

export type Settled =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly error: SentError };

/** From the product's process to its subprocess. */
export type ToSubprocess =
  | { readonly kind: 'run'; readonly input: unknown }
  | { readonly kind: 'answer'; readonly call: number; readonly settled: Settled };

/** From the subprocess. `call` asks for another task. */
export type FromSubprocess =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly settled: Settled }
  | { readonly kind: 'call'; readonly call: number; readonly task: string; readonly input: unknown };

/**
 * A run that was ended, because it exceeded a limit of its task or crashed. The
 * input is at fault, or is taken to be.
 */
export class TaskLimitError extends Error {
  override readonly name = 'TaskLimitError';

  constructor(
    readonly task: string,
    readonly limit: Limit,
  ) {
    super(`The task ${task} was ended: ${REASONS[limit]}.`);
  }
}

/**
 * A run that was not started, because too many wait. The input may be right: a
 * later run may succeed.
 */
export class TaskBusyError extends Error {
  override readonly name = 'TaskBusyError';

  constructor() {
    super('Too many files wait to be opened. Try again in a minute.');
  }
}

const REASONS: Record<Limit, string> = {
  time: 'it took too long',
  memory: 'it needed too much memory',
  crash: 'its process crashed',
};

export function sentError(error: unknown): SentError {
  const { message, refusal, limit } = { message: messageOf(error), refusal: null, limit: null };
  if (error instanceof TaskLimitError) return { message, refusal, limit: error.limit };
  // Too long an array or buffer, or too deep a recursion.
  if (error instanceof RangeError) return { message, refusal, limit: 'memory' };
  if (!(error instanceof DomainError)) return { message, refusal, limit };
  const { code, details, kind } = error;
  return { message: error.message, refusal: { code, details, kind }, limit };
}

/** The error of another process, as it was thrown there. */
export function receivedError(task: string, { message, refusal, limit }: SentError): Error {
  if (limit !== null) return new TaskLimitError(task, limit);
  if (refusal === null) return new Error(`The task ${task} failed: ${message}`);
  return new DomainError(refusal.code, message, refusal.details, { kind: refusal.kind });
}
