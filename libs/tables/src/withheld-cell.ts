/** A number that is not told, in the words of `withheld` in the texts of tables. */
type Withheld = 'withheld' | 'not-released' | 'not-shown';

/** In the place of a number. An empty cell says that there is none. */
export interface WithheldCell {
  readonly withheld: Withheld;
}

export const withheldCell = (withheld: Withheld): WithheldCell => ({ withheld });

export const isWithheld = (cell: unknown): cell is WithheldCell =>
  cell !== null && typeof cell === 'object' && 'withheld' in cell;
