import { type ContactImport, type CsvFile, ENCODINGS, ROW_PROBLEMS, type RowProblem } from '#contacts';
import type * as contracts from '#contracts';

export function contactImportView(found: ContactImport, problems: readonly RowProblem[]): contracts.ContactImport {
  return { ...contactImportLineView(found), problems: problems.map(rowProblemView) };
}

export function contactImportLineView(found: ContactImport): contracts.ContactImportLine {
  return {
    id: found.id,
    status: found.status,
    listId: found.listId,
    fileName: found.fileName,
    encoding: found.encoding,
    delimiter: found.delimiter,
    columns: found.columns,
    consentBasis: found.basis,
    total: found.total,
    counts: {
      candidates: found.candidates,
      created: found.created,
      updated: found.updated,
      unchanged: found.unchanged,
      rejected: found.rejected,
      optedOut: found.optedOut,
    },
    failure:
      found.failureCode === null ? null : { code: found.failureCode, message: found.failure ?? found.failureCode },
    createdAt: found.createdAt.toISOString(),
    finishedAt: found.finishedAt?.toISOString() ?? null,
  };
}

export function rowProblemView(problem: RowProblem): contracts.ContactImportProblem {
  return {
    row: problem.row,
    severity: problem.severity,
    code: problem.code,
    message: ROW_PROBLEMS[problem.code],
    field: problem.field,
    value: problem.value,
  };
}

const PREVIEW_ROWS = 10;

export const sampleOf = ({ sample }: CsvFile): string[][] =>
  sample.slice(0, PREVIEW_ROWS).map(({ cells }) => [...cells]);

export function previewView(file: CsvFile): contracts.ContactImportPreview {
  return {
    format: file.format,
    total: file.rows,
    headingRows: file.headingRows,
    optOuts: file.optOuts.map((column) => ({ ...column, values: [...column.values] })),
    sheets: [...file.sheets],
    sheet: file.sheet,
    encodings: file.format === 'xlsx' ? [] : [...ENCODINGS],
    encoding: file.encoding,
    delimiter: file.dialect.delimiter,
    hasHeader: file.headingRows > 0,
    headers: [...file.headers],
    columns: file.columns,
    rows: sampleOf(file),
  };
}
