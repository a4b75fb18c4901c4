import { Inject, Injectable } from '@nestjs/common';
import { openLibraryFile } from '#artwork';
import { type Config, CONFIG } from '#config';
import { Database } from '#database';
import { Clock, DomainError, type VendorActor } from '#kernel';
import { BlobStore } from '#storage';
import type { AssetFile } from './asset.js';
import { AssetsRepository } from './assets.repository.js';

const MB = 1_000_000;
/** Most bytes of a file in the library. */
export const MAX_ASSET_BYTES = 25 * MB;

interface Upload {
  readonly name: string;
  readonly bytes: Buffer;
  readonly number: number;
}

/** Reads and stores uploaded files of a library. */
@Injectable()
export class AssetFiles {
  constructor(
    private readonly database: Database,
    private readonly rows: AssetsRepository,
    private readonly blobs: BlobStore,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'LIBRARY_QUOTA_MB'>,
  ) {}

  /**
   * Opens an upload in a subprocess, and stores it with a small picture.
   * @throws DomainError `asset.too-large`, `asset.quota-reached`, or the
   *   refusal of the reader: `asset.type`, `asset.broken`, `asset.too-many-pixels`, …
   */
  async read(
    actor: VendorActor,
    { name, bytes, number }: Upload,
  ): Promise<{ readonly kind: 'picture' | 'document' | 'video'; readonly file: AssetFile }> {
    if (bytes.length > MAX_ASSET_BYTES) throw tooLargeFile(name);
    await this.requireRoom(actor, bytes.length);
    const read = await openLibraryFile(bytes);
    if (!read.ok) throw refusedFile(name, read.problem);
    const { kind, mediaType, size, document, preview, hasAlpha } = read.file;
    const facts = document === null ? { hasAlpha } : { slots: document.slots, obstacle: document.obstacle };
    return {
      kind,
      file: {
        number,
        name,
        hash: await this.blobs.put(bytes),
        mediaType,
        bytes: bytes.length,
        width: size?.width ?? null,
        height: size?.height ?? null,
        pages: document?.pages ?? null,
        previewHash: preview === null ? null : await this.blobs.put(preview),
        facts,
        addedAt: this.clock.now(),
        addedBy: actor.name,
      },
    };
  }

  private async requireRoom(actor: VendorActor, bytes: number): Promise<void> {
    const stored = await this.database.inTransaction(actor, () => this.rows.storedBytes(actor.vendorId));
    const most = this.config.LIBRARY_QUOTA_MB;
    if (stored + bytes <= most * MB) return;
    throw new DomainError(
      'asset.quota-reached',
      `Your library has ${Math.round(stored / MB)} MB with replaced and deleted files. The limit of this installation is ${most} MB. Upload a smaller file, or ask its operator for more (LIBRARY_QUOTA_MB).`,
      { field: 'file', most },
      { kind: 'conflict' },
    );
  }
}

/** The reader's refusal of an upload, with the name of the file. */
export function refusedFile(
  name: string,
  { code, message, remedy, named }: { code: string; message: string; remedy: string; named?: object },
): DomainError {
  const reason = code.replace(/^(?:logo|file)-/, '');
  return new DomainError(`asset.${reason}`, `${name}: ${message} ${remedy}`, { field: 'file', name, ...named });
}

/** An upload with more than `MAX_ASSET_BYTES`. */
export const tooLargeFile = (name: string): DomainError =>
  new DomainError(
    'asset.too-large',
    `${name} has more than ${MAX_ASSET_BYTES / MB} MB. Make it smaller, or add a long video by its address.`,
    { field: 'file', name, most: MAX_ASSET_BYTES / MB },
    { kind: 'too-large' },
  );
