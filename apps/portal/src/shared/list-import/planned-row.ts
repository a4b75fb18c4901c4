/** What an import does with a row of the file. */
export type Outcome = 'new' | 'changed' | 'unchanged' | 'refused';

/** One row of the file with what is done with it. */
export interface PlannedRow {
  /** Row of the spreadsheet. */
  readonly line: number;
  readonly outcome: Outcome;
}

/** What an import would do, or has done. */
export interface ImportPlan<Row extends PlannedRow> {
  /** The same while the import would do the same. */
  readonly version: string;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly rows: readonly Row[];
  readonly ignoredColumns: readonly string[];
}

/** Refused rows first: a person looks at these. */
export const OUTCOMES = ['refused', 'new', 'changed', 'unchanged'] as const satisfies readonly Outcome[];
export const COLOURS: Readonly<Record<Outcome, string>> = {
  new: 'teal',
  changed: 'blue',
  unchanged: 'gray',
  refused: 'red',
};
