/**
 * A problem of a whole sequence, and its position in the source, from
 * `sequence` on.
 */
export interface SequenceProblem {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly remedy: string;
  /** The name that is not known, so that a near one can be suggested. */
  readonly unknown?: string;
}
