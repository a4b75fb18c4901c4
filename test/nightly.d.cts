/** @param paths of suites. @returns those that every `npm test` runs. */
declare function leaveOut(paths: readonly string[]): { readonly filtered: string[] };
declare namespace leaveOut {
  /** Suites by their path from the root. */
  const NIGHTLY: readonly string[];
  /** Suites that run as part of a file of test/groups, by their path from the root. */
  function grouped(): string[];
}
export = leaveOut;
