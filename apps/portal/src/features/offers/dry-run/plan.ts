import type { DateChoices } from '../choices/choices';

/** A launch that is only looked at: as the API takes it. */
export interface Plan {
  readonly listId: string;
  readonly locale: string;
  readonly startAt?: string;
  readonly choices: DateChoices;
}
