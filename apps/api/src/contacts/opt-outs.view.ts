import { type OptOutImport, type OptOutPreview, ROW_PROBLEMS } from '#contacts';
import type * as contracts from '#contracts';
import { sampleOf } from './contact-import.view.js';

const SHOWN_PROBLEMS = 100;

const problemsOf = (unreadable: OptOutImport['unreadable']) => ({
  unreadable: unreadable.length,
  problems: unreadable
    .slice(0, SHOWN_PROBLEMS)
    .map(({ row, problem, value }) => ({ row, code: problem, message: ROW_PROBLEMS[problem], value })),
});

export const optOutImportView = ({ rows, suppressed, unreadable }: OptOutImport): contracts.OptOutImport => ({
  rows,
  suppressed,
  ...problemsOf(unreadable),
});

export const optOutPreviewView = ({ file, rows, addresses, unreadable }: OptOutPreview): contracts.OptOutPreview => ({
  rows,
  addresses,
  ...problemsOf(unreadable),
  encoding: file.encoding,
  delimiter: file.dialect.delimiter,
  column: file.columns.email ?? 0,
  headers: [...file.headers],
  sample: sampleOf(file),
});
