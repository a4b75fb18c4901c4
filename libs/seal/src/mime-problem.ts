/** A mail that does not have the required structure of sealed mail. */
export class MimeProblem extends Error {
  override readonly name = 'MimeProblem';
}
