import { type OptOutImport, type OptOutPreview, ROW_PROBLEMS } from '#contacts';
import type * as contracts from '#contracts';
import { sampleOf } from './contact-import.view.js';

const SHOWN_PROBLEMS = 100;

const problemsOf = ({ unreadable, unreadableRows }: Pick<OptOutImport, 'unreadable' | 'unreadableRows'>) => ({
  unreadable: unreadableRows,
  problems: unreadable
    .slice(0, SHOWN_PROBLEMS)
    .map(({ row, problem, value }) => ({ row, code: problem, message: ROW_PROBLEMS[problem], value })),
});

export const optOutImportView = ({ rows, suppressed, ...problems }: OptOutImport): contracts.OptOutImport => ({
  rows,
  suppressed,
  ...problemsOf(problems),
});

export const optOutPreviewView = ({ file, rows, addresses, ...problems }: OptOutPreview): contracts.OptOutPreview => ({
  rows,
  addresses,
  ...problemsOf(problems),
  encoding: file.encoding,
  delimiter: file.dialect.delimiter,
  column: file.columns.email ?? 0,
  headers: [...file.headers],
  sample: sampleOf(file),
});
