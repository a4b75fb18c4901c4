/**
 * A problem of one field, from zod. Only the path and the message are always
 * present.
 */
export interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly code?: string;
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly inclusive?: boolean;
  readonly format?: string;
  readonly values?: readonly unknown[];
  readonly keys?: readonly string[];
  /** Of a check of our own: its code for translation, and the values of its sentence. */
  readonly params?: Readonly<Record<string, unknown>>;
}

/**
 * A mistake as in `ProblemEntry`: a code for translation, and the values that
 * the sentence names.
 */
interface FieldFault {
  readonly code: string;
  readonly message: string;
  readonly named?: Readonly<Record<string, string | number>>;
}

/**
 * Zod's default messages begin like this. A message of our own schema is used
 * unchanged.
 */
const BY_ITSELF = /^(?:Too (?:small|big): |Invalid |Unrecognized key)/;

/** One fault in a sentence with the way out. */
export function fieldFault(issue: Issue): FieldFault {
  const { code, message } = issue;
  if (!BY_ITSELF.test(message)) return ownFault(issue);
  if ((code === 'too_small' || code === 'too_big') && issue.inclusive !== false) return outOfBounds(issue);
  if (code === 'invalid_type' && message.endsWith('received undefined'))
    return { code: 'field.missing', message: 'is missing. Fill it in' };
  if (code === 'invalid_type') return { code: 'field.kind', message: wrongKind(message) };
  if (code === 'invalid_value' && issue.values !== undefined) {
    const choice = issue.values.map(String).join(', ');
    return { code: 'field.choice', message: `has to be one of these: ${choice}`, named: { choice } };
  }
  if (code === 'invalid_format' && issue.format === 'email')
    return { code: 'field.email', message: 'is no e-mail address. Write it as name@company.example' };
  if (code === 'invalid_format' && issue.format === 'date')
    return { code: 'field.date', message: 'is no date. Write it as 2027-03-31' };
  if (code === 'invalid_format' && issue.format === 'datetime')
    return { code: 'field.moment', message: 'is no point in time. Write it as 2027-03-31T09:30:00Z' };
  if (code === 'invalid_format' && issue.format === 'regex')
    return { code: 'field.written-otherwise', message: 'is not written as it has to be here. See /api/docs' };
  if (code === 'invalid_format') {
    const { format = '' } = issue;
    return { code: 'field.format', message: `does not have the format ${format}. Correct it`, named: { format } };
  }
  if (code === 'unrecognized_keys' && issue.keys !== undefined) {
    const keys = issue.keys.join(', ');
    return { code: 'field.unknown', message: `has what is not known here: ${keys}. Leave it out`, named: { keys } };
  }
  return { code: 'field.invalid', message };
}

/** Of a schema of ours, which has its sentence, and maybe a code for its translation. */
function ownFault({ message, params = {} }: Issue): FieldFault {
  const { code, named } = params;
  if (typeof code !== 'string') return { code: 'field.invalid', message };
  return { code, message, ...(named === undefined ? {} : { named: named as NonNullable<FieldFault['named']> }) };
}

/** `Invalid input: expected object, received string` in a sentence. */
function wrongKind(message: string): string {
  const [, expected, received] = /expected (\w+), received (\w+)/.exec(message) ?? [];
  return expected === undefined || received === undefined
    ? message
    : `has to be of the type ${expected}, not ${received}`;
}

/**
 * "Too short", "too few" or "too low", and their opposites, depending on the
 * kind of value.
 */
function outOfBounds({ code, origin, minimum, maximum, message }: Issue): FieldFault {
  const isSmall = code === 'too_small';
  const limit = Number(isSmall ? minimum : maximum);
  const named = { limit };
  if (origin === 'string' && isSmall && limit === 1)
    return { code: 'field.missing', message: 'is missing. Fill it in' };
  if (origin === 'string')
    return isSmall
      ? { code: 'field.too-short', message: `is too short: write at least ${limit} characters`, named }
      : { code: 'field.too-long', message: `is too long: ${limit} characters fit. Shorten it`, named };
  if (origin === 'array' || origin === 'set')
    return isSmall
      ? { code: 'field.too-few', message: `has too few entries: give at least ${limit}`, named }
      : { code: 'field.too-many', message: `has too many entries: ${limit} are possible. Leave some out`, named };
  if (origin === 'number' || origin === 'int')
    return isSmall
      ? { code: 'field.too-low', message: `is too low: take ${limit} or more`, named }
      : { code: 'field.too-high', message: `is too high: take ${limit} or less`, named };
  return { code: 'field.invalid', message };
}
