import type { OptOutImport, OptOutPreview } from '#contracts';
import { call } from '../../shared/api';

function formOf(list: File, column: number | null): FormData {
  const form = new FormData();
  form.set('file', list);
  if (column !== null) form.set('column', String(column));
  return form;
}

/**
 * Reads a list without importing it.
 * @param path `/suppressions/import` of a partner, or the vendor's route.
 * @param column index of the address column; null lets the API choose.
 */
export const previewOptOuts = (path: string, list: File, column: number | null) =>
  call<OptOutPreview>('POST', `${path}/preview`, { form: formOf(list, column) });

/**
 * Imports a list.
 * @param column index of the only column to read; null: all.
 */
export const importOptOuts = (path: string, list: File, column: number | null) =>
  call<OptOutImport>('POST', path, { form: formOf(list, column) });
