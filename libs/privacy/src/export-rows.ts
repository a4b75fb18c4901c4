import type { DataSubjectExport } from '#contracts';

/** Section, number within it (from 1; null where there is but one), field and value. */
export type ExportRow = readonly [section: string, number: number | null, field: string, value: string];

/** A person's file as rows for a spreadsheet, in the order of the file: nothing is left out but what is unknown. */
export function exportRows(file: DataSubjectExport): ExportRow[] {
  return Object.entries(file).flatMap(([section, content]: [string, unknown]): ExportRow[] => {
    if (!Array.isArray(content)) return rowsOf(section, null, content);
    return content.flatMap((entry: unknown, at) => rowsOf(section, at + 1, entry));
  });
}

function rowsOf(section: string, number: number | null, entry: unknown): ExportRow[] {
  if (isUnknown(entry)) return [];
  if (typeof entry !== 'object' || entry === null || entry instanceof Date)
    return [[section, number, '', textOf(entry)]];
  return Object.entries(entry).flatMap(([field, value]: [string, unknown]): ExportRow[] =>
    isUnknown(value) ? [] : [[section, number, field, textOf(value)]],
  );
}

const isUnknown = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}
