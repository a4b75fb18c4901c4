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
