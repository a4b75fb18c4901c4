/**
 * One mistake in an authored source, with its position. Returned in lists,
 * never thrown: a mistake in a campaign package is an expected outcome.
 */
export interface SourceProblem {
  /** Stable, kebab case: `field-unknown`, `slot-name-missing`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** Path inside the package: `emails/welcome.mjml`. */
  readonly file: string;
  /** 1-based; null if it concerns the whole file. */
  readonly line: number | null;
  readonly column: number | null;
  /** What is wrong, as a sentence. */
  readonly message: string;
  /** What to write instead. */
  readonly remedy: string;
}
