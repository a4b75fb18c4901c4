import type { DateChoices } from '../choices/choices';

/** Launch parameters of a dry run, as the API takes them. */
export interface Plan {
  readonly lists: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  readonly locale: string;
  readonly startAt?: string;
  readonly choices: DateChoices;
}
