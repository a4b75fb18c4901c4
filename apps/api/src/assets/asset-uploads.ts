import { StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import { MAX_ASSET_BYTES } from '#assets';
import { DomainError } from '#kernel';
import { oneUpload, type Upload } from '../http/uploads.js';

/** One byte more than allowed, so that the lib's own error names the file. */
export const oneFile = oneUpload('file', { fileSize: MAX_ASSET_BYTES + 1, fields: 0 });

/** A picture whose address has its number, so it never changes. */
export function pictureAnswer(response: Response, bytes: Buffer): StreamableFile {
  response.setHeader('Cache-Control', 'private, max-age=86400, immutable');
  return new StreamableFile(bytes, { type: bytes[0] === 0x89 ? 'image/png' : 'image/jpeg' });
}

/** @throws DomainError `asset.file-missing`. */
export function bytesOf(file: Upload | undefined): Buffer {
  if (file !== undefined) return file.buffer;
  throw new DomainError('asset.file-missing', 'Send the file as the form field "file".', { field: 'file' });
}
