/** Data of a refusal besides its code and sentence. */
export interface ErrorDetails {
  /** Path of the wrong input field: `contact.email`, `steps[2].wait`. */
  readonly field?: string;
  readonly [key: string]: unknown;
}

/**
 * A refusal that the caller can act on: a stable code, a sentence, and the
 * facts. The sentence says what is wrong, where, and how to correct it. Bugs
 * and lost servers are ordinary errors and keep their cause.
 *
 * The code is `<noun>.<reason>` in kebab case. apps/api maps its last part to a
 * status (`statusOf`), so that libs need not know HTTP.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: `${string}.${string}`,
    message: string,
    readonly details: ErrorDetails = {},
    options: { cause?: unknown; kind?: ErrorKind } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = options.kind ?? 'invalid';
  }

  /**
   * The kind of refusal. HTTP maps it to a status; jobs decide by it whether to
   * retry.
   */
  readonly kind: ErrorKind;
}

/**
 * - `invalid`: the input is wrong (422)
 * - `forbidden`: the actor has no permission (403)
 * - `unauthenticated`: the caller is not signed in (401)
 * - `not-found`: the thing does not exist for this actor (404)
 * - `conflict`: the current state does not allow it (409)
 * - `gone`: it existed, and does not any more (410)
 * - `stale`: the caller's copy is old (412)
 * - `too-large`: (413)
 * - `too-many`: the caller must slow down (429)
 * - `unavailable`: a server does not answer, retry later (503)
 */
export type ErrorKind =
  | 'invalid'
  | 'forbidden'
  | 'unauthenticated'
  | 'not-found'
  | 'conflict'
  | 'gone'
  | 'stale'
  | 'too-large'
  | 'too-many'
  | 'unavailable';

/**
 * The error for a missing thing. It is the same if the thing belongs to another
 * organisation.
 */
export function notFound(noun: string, id: string): DomainError {
  return new DomainError(
    `${noun}.not-found`,
    `There is no such ${noun.replaceAll('-', ' ')} here. Check the id, or whose it is.`,
    { id },
    { kind: 'not-found' },
  );
}
