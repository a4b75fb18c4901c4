import { defineTask } from '#subprocess';
import type { DocumentSource, PreparedDocument } from './document/read-document.js';
import type { PictureRefusal } from './embedded-picture.js';
import type { Corner } from './library/library-branding.js';
import type { BrandedDocumentSource } from './library/library-document.js';
import type { LibraryReading } from './library/library-file.js';
import type { CutPicture, CutSource } from './library/library-picture.js';
import type { LogoBox, LogoIngestion, LogoPlate, PlatedLogo } from './logo.js';

/** A file of a stranger, and what to make of it. */
export type FileInput =
  | { readonly kind: 'logo'; readonly bytes: Buffer }
  | { readonly kind: 'document'; readonly source: DocumentSource }
  | { readonly kind: 'picture'; readonly bytes: Buffer }
  | { readonly kind: 'fitted'; readonly png: Buffer; readonly box: LogoBox }
  | { readonly kind: 'plated'; readonly png: Buffer; readonly plate: LogoPlate }
  | { readonly kind: 'post'; readonly svg: string; readonly width: number; readonly height: number }
  | { readonly kind: 'library-file'; readonly bytes: Buffer }
  | { readonly kind: 'library-document'; readonly source: BrandedDocumentSource }
  | { readonly kind: 'cut'; readonly source: CutSource }
  | { readonly kind: 'branded-picture'; readonly picture: Buffer; readonly logo: Buffer; readonly corner: Corner };

/** A vendor's layers: red, green and blue as PNG, and the hash of the pixels. */
export interface DrawnPost {
  readonly png: Buffer;
  readonly pixelsHash: string;
}

export type FileOutput =
  | { readonly kind: 'logo'; readonly read: LogoIngestion }
  | { readonly kind: 'document'; readonly prepared: PreparedDocument }
  /** A data URL, or why there is none. */
  | { readonly kind: 'picture'; readonly data: string | PictureRefusal }
  | { readonly kind: 'fitted'; readonly png: Buffer }
  | { readonly kind: 'plated'; readonly plated: PlatedLogo }
  /** null if it cannot be drawn. */
  | { readonly kind: 'post'; readonly drawn: DrawnPost | null }
  | { readonly kind: 'library-file'; readonly read: LibraryReading }
  | { readonly kind: 'library-document'; readonly prepared: PreparedDocument }
  | { readonly kind: 'cut'; readonly cut: CutPicture }
  | { readonly kind: 'branded-picture'; readonly png: Buffer };

/** What a logo, a picture, a post or a document may use. */
export const FILE_LIMITS = { cpuMs: 3_000, memoryMb: 768 } as const;

/**
 * Opens logos, pictures, posts and documents. One task for all, because each
 * subprocess has 80 MB.
 */
export const FILE_TASK = defineTask<FileInput, FileOutput>({
  name: 'artwork.open-file',
  worker: new URL('./file-task.worker.js', import.meta.url),
  load: () => import('./file-task.worker.js'),
  limits: FILE_LIMITS,
  processes: 2,
  // All pictures of a package wait at once.
  maxWaiting: 5_000,
  cacheMb: 64,
  isolatedInTests: true,
});
