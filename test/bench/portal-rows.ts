export type Statement = readonly [title: string, sql: string, parameters?: readonly unknown[]];

/**
 * Ids in the order of their numbers, like UUIDv7. `kind` separates the series.
 * All are older than those of the product.
 */
export const ID = `CREATE FUNCTION pg_temp.id(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
  $$ SELECT (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$`;
const KIND = {
  organisation: 1,
  membership: 2,
  list: 3,
  contact: 4,
  consent: 5,
  activation: 6,
  enrolment: 7,
  message: 8,
  interaction: 9,
  lead: 10,
  leadEvent: 11,
  disclosure: 12,
  audit: 13,
  event: 14,
  returned: 15,
  delivery: 16,
  endpoint: 17,
  deal: 18,
  dealEvent: 19,
  cost: 20,
} as const;
/** The id of the row of a number. @param n an expression of SQL. */
export const id = (kind: keyof typeof KIND, n: string): string => `pg_temp.id(${KIND[kind]}, ${n})`;
