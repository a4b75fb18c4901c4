import { DomainError } from '#kernel';
import { defineTask, TaskLimitError } from '#subprocess';
import type { InspectedList, InspectionChoice } from './csv-file.js';
import type { CsvDialect, CsvRow } from './csv-rows.js';
import type { ListTable } from './list-table.js';
import type { ReadList } from './opt-out-list.js';

/** An uploaded list, or a piece of one that is read in a session. */
export type ListInput =
  | { readonly kind: 'inspect'; readonly bytes: Buffer; readonly choice: InspectionChoice }
  | { readonly kind: 'opt-outs'; readonly bytes: Buffer; readonly column: number | null }
  | { readonly kind: 'table'; readonly bytes: Buffer }
  | { readonly kind: 'begin'; readonly session: string; readonly encoding: string; readonly dialect: CsvDialect }
  | { readonly kind: 'slice'; readonly session: string; readonly bytes: Buffer; readonly isLast: boolean };

export type ListOutput =
  | { readonly kind: 'file'; readonly list: InspectedList }
  | { readonly kind: 'opt-outs'; readonly list: ReadList }
  | { readonly kind: 'table'; readonly table: ListTable }
  | { readonly kind: 'rows'; readonly rows: readonly CsvRow[] };

/**
 * Reads lists in a subprocess. A list of 10 MB takes about 1 s, a workbook of
 * 100,000 rows 4 s.
 */
export const LIST_TASK = defineTask<ListInput, ListOutput>({
  name: 'contacts.read-list',
  worker: new URL('./list-task.worker.js', import.meta.url),
  load: () => import('./list-task.worker.js'),
  limits: { cpuMs: 20_000, memoryMb: 768 },
  processes: 3,
  maxWaiting: 50,
});

/**
 * Inspects an uploaded list in a subprocess.
 * @throws DomainError as `inspectFile`, or `import.too-heavy`.
 */
export async function inspectList(bytes: Buffer, choice: InspectionChoice): Promise<InspectedList> {
  const output = await withinLimits(LIST_TASK.run({ kind: 'inspect', bytes, choice }));
  if (output.kind !== 'file') throw otherAnswer();
  return output.list;
}

/**
 * Reads the addresses of a list in a subprocess.
 * @throws DomainError as `readOptOutList`, or `import.too-heavy`.
 */
export async function readOptOuts(bytes: Buffer, column: number | null): Promise<ReadList> {
  const output = await withinLimits(LIST_TASK.run({ kind: 'opt-outs', bytes, column }));
  if (output.kind !== 'opt-outs') throw otherAnswer();
  return output.list;
}

/**
 * Reads a list that is not about contacts, in a subprocess.
 * @throws DomainError as `readListTable`, or `import.too-heavy`.
 */
export async function readTable(bytes: Buffer): Promise<ListTable> {
  const output = await withinLimits(LIST_TASK.run({ kind: 'table', bytes }));
  if (output.kind !== 'table') throw otherAnswer();
  return output.table;
}

/** @throws DomainError `import.too-heavy` for a run that was ended. */
export async function withinLimits(run: Promise<ListOutput>): Promise<ListOutput> {
  try {
    return await run;
  } catch (error) {
    if (!(error instanceof TaskLimitError)) throw error;
    throw new DomainError(
      'import.too-heavy',
      'The list takes too long or too much memory to read. Save it as "CSV UTF-8", in smaller files.',
      { field: 'file' },
    );
  }
}

export const otherAnswer = (): Error => new Error('The subprocess answered about another list.');
