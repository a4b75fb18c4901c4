/** A mail that is not in the one shape that sealed mail has. */
export class MimeProblem extends Error {
  override readonly name = 'MimeProblem';
}
