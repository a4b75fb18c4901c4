/** Limits are thousandths, and so are the numbers that are compared with them. */
export const PER_MILLE = 1_000;

/** Contacts that were written to, and those of them who unsubscribed: each once. */
export interface Unsubscribes {
  readonly reached: number;
  readonly unsubscribed: number;
}

/**
 * By how many thousandths of a contact more have unsubscribed than the limit
 * allows. One contact moves it by less than one contact, whether it is there or
 * what it does.
 */
export const excessOf = ({ reached, unsubscribed }: Unsubscribes, mostPerMille: number): number =>
  PER_MILLE * unsubscribed - mostPerMille * reached;

/** A rule that holds nothing by noise alone: it would do so once in 44 checks. */
const SURELY_IN_SD = 2;

/**
 * Whether surely more have unsubscribed than the limit allows.
 * @param excess with noise, in contacts.
 * @param sd of the noise, in contacts.
 */
export const isSurelyExceeded = (excess: number, sd: number): boolean => excess > SURELY_IN_SD * sd;
