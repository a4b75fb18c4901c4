/** TypeScript's type of a value of each PostgreSQL type. */
interface ColumnTypes {
  boolean: boolean;
  /** `2027-03-31`. */
  date: string;
  float8: number;
  int: number;
  /** Stored as JSON. */
  jsonb: unknown;
  smallint: number;
  text: string;
  timestamptz: Date;
  uuid: string;
}

type ColumnType = keyof ColumnTypes;

/** The PostgreSQL types that a property of this type can be written as. */
type TypeOf<Value> = {
  [Type in ColumnType]: [Exclude<Value, null | undefined>] extends [ColumnTypes[Type]] ? Type : never;
}[ColumnType];

/** A column with a calculated value. `index` is the row's, from 0. */
type Calculated<Row> = {
  [Type in ColumnType]: readonly [type: Type, value: (row: Row, index: number) => ColumnTypes[Type] | null | undefined];
}[ColumnType];

type Column<Row, Name> = Name extends keyof Row ? TypeOf<Row[Name]> | Calculated<Row> : Calculated<Row>;

/** Rows as a table of one SQL statement. */
interface UnnestedRows {
  /** For FROM: `unnest($2::uuid[], $3::text[]) AS given (id, step_key)`. */
  readonly from: string;
  /** All parameters of the statement: the leading ones, then the columns. */
  readonly parameters: readonly unknown[];
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Rows as the table `given` of a statement that reads or writes many at once.
 * Each column is one array parameter, so the statement's text does not depend
 * on the number of rows and stays prepared.
 *
 * 1,000 rows of 14 columns took 26 ms this way, 29 ms with json_to_recordset
 * and 42 ms with jsonb_to_recordset.
 *
 * @param columns by name: a PostgreSQL type for the property of that name, or a
 *   type and a function of the row. In SQL the name is in snake case: `stepKey`
 *   is `given.step_key`. An undefined value is NULL.
 * @param leading the statement's other parameters, $1 and following.
 */
// TypeScript infers the names and checks each against Row.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- see above
export function unnestRows<Row, Name extends string>(
  rows: readonly Row[],
  columns: { readonly [N in Name]: Column<Row, N> },
  leading: readonly unknown[] = [],
): UnnestedRows {
  const names: string[] = [];
  const arrays: string[] = [];
  const parameters = [...leading];
  for (const [name, column] of Object.entries<string | Calculated<Row>>(columns)) {
    const [type, value] = typeof column === 'string' ? [column, (row: Row) => propertyOf(row, name)] : column;
    const toParameter = type === 'jsonb' ? jsonText : orNull;
    parameters.push(rows.map((row, index) => toParameter(value(row, index))));
    names.push(snakeCase(name));
    arrays.push(`$${parameters.length}::${type}[]`);
  }
  return { from: `unnest(${arrays.join(', ')}) AS given (${names.join(', ')})`, parameters };
}

const propertyOf = (row: unknown, name: string): unknown => Reflect.get(Object(row), name);

const orNull = (value: unknown): unknown => value ?? null;

/** The driver would write an array as an array of PostgreSQL, not as JSON. */
const jsonText = (value: unknown): string | null =>
  value === undefined || value === null ? null : JSON.stringify(value);
