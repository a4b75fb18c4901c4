import { createHash } from 'node:crypto';
import { type ContactListId, DomainError } from '#kernel';
import { jurisdictionCode, withoutUnsafeCharacters } from '../contact-fields.js';
import type { ConsentBasis } from '../contact.js';
import type { ColumnMap } from './csv-columns.js';
import type { CsvFile } from './csv-file.js';
import { type OptOutRule, valueKey } from './opt-out-columns.js';

/** Name of a list whose file has none, such as pasted rows. */
const UNNAMED_LIST = 'Imported contacts';

export interface ImportRequest {
  readonly fileName: string;
  readonly bytes: Buffer;
  /**
   * Target: a list, a list by name (created if missing), or the default list.
   */
  readonly listId?: ContactListId;
  readonly listName?: string;
  readonly basis: Exclude<ConsentBasis, 'pending'>;
  readonly evidence?: string;
  readonly jurisdiction?: string;
  readonly mapping?: ColumnMap;
  /** As iconv-lite calls it; absent: found out. */
  readonly encoding?: string;
  /** Name of a workbook's sheet; absent: the first one with addresses. */
  readonly sheet?: string;
  /**
   * The columns that say who opted out, with the values that say so; absent: as
   * found, if every value is clear.
   */
  readonly optOuts?: readonly OptOutRule[];
  readonly idempotencyKey?: string;
}

/** The file's name without its ending: `Customers 2026.xlsx`. */
export function listNameOf(fileName: string): string {
  const name = withoutUnsafeCharacters(fileName.replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/[_\s]+/g, ' '))
    .slice(0, 100)
    .trim();
  return name === '' ? UNNAMED_LIST : name;
}

/**
 * The given rules, else those found in the file.
 * @throws DomainError `import.opt-out-unclear` when the meaning of a value is
 *   not known: such people are never mailed without a question.
 */
export function optOutRules(file: CsvFile, given: readonly OptOutRule[] | undefined): readonly OptOutRule[] {
  if (given !== undefined) return given.map(({ column, optedOut }) => ({ column, optedOut: optedOut.map(valueKey) }));
  const unclear = file.optOuts.filter(({ values }) => values.some(({ meaning }) => meaning === 'unclear'));
  if (unclear.length > 0) {
    const columns = unclear.map(({ column, header, values }) => ({
      column,
      header,
      values: values.flatMap(({ value, meaning }) => (meaning === 'unclear' ? [value] : [])),
    }));
    const [first] = columns;
    throw new DomainError(
      'import.opt-out-unclear',
      `The column "${first?.header ?? ''}" seems to say who wants no e-mail, but not clearly: ${(first?.values ?? []).map((value) => (value === '' ? 'empty cells' : `"${value}"`)).join(', ')}. Say in "optOuts" which values mean an opt-out.`,
      { field: 'optOuts', columns },
    );
  }
  return file.optOuts.map(({ column, values }) => ({
    column,
    optedOut: values.flatMap(({ value, meaning }) => (meaning === 'opted-out' ? [valueKey(value)] : [])),
  }));
}

export function requireJurisdiction(input: string): string {
  const code = jurisdictionCode(input);
  if (code !== null) return code;
  throw new DomainError('consent.invalid', 'Name the jurisdiction by a code such as "CA" or "CA-QC".', {
    field: 'jurisdiction',
  });
}

/**
 * Hash of the file and of every option that changes the result, without the key
 * itself.
 */
export function hashOf(request: ImportRequest): string {
  const { listId, listName, basis, evidence, jurisdiction, mapping, encoding, sheet, optOuts } = request;
  const reading = [encoding, sheet, optOuts ?? null, Object.entries(mapping ?? {}).sort()];
  const options = [listId, listName, basis, evidence, jurisdiction, ...reading];
  return createHash('sha256').update(request.bytes).update(JSON.stringify(options)).digest('hex');
}
