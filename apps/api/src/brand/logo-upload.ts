import { DomainError } from '#kernel';
import type { Upload } from '../http/uploads.js';

export const MAX_LOGO_BYTES = 5 * 1024 * 1024;

/** @throws DomainError `logo.file-missing`. */
export function logoBytes(file: Upload | undefined): Buffer {
  if (file !== undefined) return file.buffer;
  throw new DomainError('logo.file-missing', 'Send the logo as the form field "file".', { field: 'file' });
}
