/** Data of a refusal besides its code and sentence. */
export interface ErrorDetails {
  /** The input field at fault, as a JSON pointer-like path (`contact.email`, `steps[2].wait`). */
  readonly field?: string;
  readonly [key: string]: unknown;
}

/**
 * A refusal that a person can act on: a stable code, a sentence that says what, why and the way out, and the facts.
 * Thrown for broken rules; surprises (bugs, lost servers) are ordinary errors and keep their cause.
 *
 * The code is `<noun>.<reason>` in kebab case; its status is looked up by the last part at the HTTP border
 * (see `statusOf` in apps/api), so libs need not know HTTP.
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

  /** What kind of refusal it is; the HTTP border maps kinds to statuses, jobs decide by it whether to try again. */
  readonly kind: ErrorKind;
}

/**
 * `invalid` the input is wrong (422); `forbidden` the actor may not (403); `unauthenticated` nobody is signed in (401);
 * `not-found` no such thing for this actor (404); `conflict` the state does not allow it (409); `gone` it was, and is
 * no more (410); `stale` the caller's copy is old (412); `too-large` (413); `too-many` slow down (429); `unavailable`
 * a server we need does not answer, try again (503).
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

/** The error for a missing thing. It is the same if the thing belongs to another organisation. */
export function notFound(noun: string, id: string): DomainError {
  return new DomainError(
    `${noun}.not-found`,
    `There is no such ${noun.replaceAll('-', ' ')} here. Check the id, or whose it is.`,
    { id },
    { kind: 'not-found' },
  );
}
