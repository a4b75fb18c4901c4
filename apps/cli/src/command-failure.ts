import { ConfigError } from '#config';
import { DomainError } from '#kernel';

/** A command could not do its work; the sentence says the way out. Ends the process with `exitCode` and no stack. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';

  constructor(
    message: string,
    /** 1: what was looked at is not right. 2: it could not be looked at. */
    readonly exitCode: 1 | 2 = 2,
  ) {
    super(message);
  }
}

/**
 * What a command ends with: a refusal that names its reason and the way out is said as it is.
 * @throws what is nobody's mistake: it keeps its stack, by which it is found.
 */
export function failureOf(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error;
  if (error instanceof DomainError || error instanceof ConfigError) return new CommandFailure(error.message);
  throw error;
}
