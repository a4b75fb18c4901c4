import { ConfigError } from '#config';
import { DomainError } from '#kernel';

/**
 * A command failed. The message says how to fix it. Ends the process with
 * `exitCode` and no stack.
 */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';

  constructor(
    message: string,
    /** 1: the check failed. 2: the check could not run. */
    readonly exitCode: 1 | 2 = 2,
  ) {
    super(message);
  }
}

/**
 * Turns a `DomainError` or `ConfigError` into a command failure with the same
 * message.
 * @throws any other error unchanged: it is a bug, and its stack is needed.
 */
export function failureOf(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error;
  if (error instanceof DomainError || error instanceof ConfigError) return new CommandFailure(error.message);
  throw error;
}
