import type { DataSubjectExport } from '#contracts';

/** Section, number within it (from 1; null if single), field and value. */
export type ExportRow = readonly [section: string, number: number | null, field: string, value: string];

/**
 * A data-subject export as spreadsheet rows, in its order; only unknown values
 * are left out.
 */
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
