import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type CropShares, cutPicture, type PictureFormat } from '#artwork';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, DomainError, type VendorActor } from '#kernel';
import { BlobStore } from '#storage';
import { type Asset, type AssetId, dayOf, stateOf } from './asset.js';
import { fittedCrop } from './fitted-crop.js';
import { requireInside } from './assets.service.js';
import { AssetsRepository } from './assets.repository.js';
import { formatFor, formatOfPath, picturePath } from './picture-name.js';

/** A cut of a picture of the library. */
export interface PictureChoice {
  readonly assetId: AssetId;
  /** Of the file that the cut was chosen in. */
  readonly fileNumber: number;
  /** Null: the whole picture. */
  readonly crop: CropShares | null;
  readonly maxWidth: number;
}

/** The origin of bytes in a campaign. */
export interface CopyOrigin {
  readonly hash: string;
  readonly assetId: AssetId;
  readonly fileNumber: number;
  readonly crop: CropShares | null;
  /** Pixels that the copy may be wide. */
  readonly maxWidth: number;
}

/** A file for a campaign that was made from the library. */
export interface LibraryCopy {
  readonly path: string;
  readonly bytes: Buffer;
  readonly hash: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Copies of pictures for campaigns. A campaign has its own bytes, so that its
 * package is complete; this lib records where they came from.
 */
@Injectable()
export class LibraryCopies {
  constructor(
    private readonly database: Database,
    private readonly rows: AssetsRepository,
    private readonly blobs: BlobStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Cuts a picture for a campaign, and records its origin.
   * @param path of the file that it replaces; null: a new one.
   * @throws DomainError `asset.not-found`, `asset.no-picture`, `asset.expired`,
   *   `asset.file-replaced` if the cut was chosen in an earlier file,
   *   `asset.crop-outside`.
   */
  async copy(actor: VendorActor, choice: PictureChoice, path: string | null = null): Promise<LibraryCopy> {
    requirePermission(actor, 'assets.read');
    requireInside(choice.crop);
    const asset = await this.database.inTransaction(actor, () => this.rows.get(choice.assetId));
    const file = requirePicture(asset);
    this.requireUsable(asset);
    if (file.number !== choice.fileNumber) throw replaced(asset);
    const format = (path === null ? null : formatOfPath(path)) ?? formatFor(file);
    const cut = await this.cut(file.hash, choice, format);
    const hash = createHash('sha256').update(cut.bytes).digest('hex');
    await this.database.inTransaction(actor, () => this.record(actor, hash, choice));
    return { ...cut, hash, path: path ?? picturePath(asset.title, hash, format) };
  }

  /** Whether a campaign of the vendor may have a copy. */
  async hasCopies(actor: VendorActor): Promise<boolean> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query('SELECT FROM assets.library_copy WHERE vendor_id = $1 LIMIT 1', [actor.vendorId]),
    );
    return rows.length > 0;
  }

  /** Origins of some bytes of the vendor; bytes of another origin are left out. */
  async originsOf(actor: VendorActor, hashes: readonly string[]): Promise<ReadonlyMap<string, CopyOrigin>> {
    if (hashes.length === 0) return new Map();
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<CopyOrigin>(
        `SELECT DISTINCT ON (hash) hash, asset_id, file_number, crop, max_width FROM assets.library_copy
         WHERE vendor_id = $1 AND hash = ANY ($2) ORDER BY hash, copied_at DESC`,
        [actor.vendorId, hashes],
      ),
    );
    return new Map(rows.map((row) => [row.hash, row]));
  }

  /**
   * The copy of the file in use that takes the place of an earlier one, with a
   * cut of the same shape.
   * @throws DomainError as `copy`.
   */
  async renewed(actor: VendorActor, { assetId, fileNumber, crop, maxWidth }: CopyOrigin, path: string) {
    const { asset, before } = await this.database.inTransaction(actor, async () => ({
      asset: await this.rows.get(assetId),
      before: await this.rows.fileSize(assetId, fileNumber),
    }));
    const file = requirePicture(asset);
    const fitted = fittedCrop(crop, before, file, asset.focal);
    return this.copy(actor, { assetId, fileNumber: file.number, crop: fitted, maxWidth }, path);
  }

  /** The assets of which some bytes of the vendor are copies, by title. */
  async assetsOf(actor: VendorActor, hashes: readonly string[]): Promise<Pick<Asset, 'id' | 'title'>[]> {
    if (hashes.length === 0) return [];
    return this.database.inTransaction(actor, () =>
      this.database.query<Pick<Asset, 'id' | 'title'>>(
        `SELECT a.id, a.title FROM assets.asset a WHERE a.deleted_at IS NULL AND EXISTS (
           SELECT FROM assets.library_copy c WHERE c.asset_id = a.id AND c.vendor_id = $1 AND c.hash = ANY ($2))
         ORDER BY a.title, a.id`,
        [actor.vendorId, hashes],
      ),
    );
  }

  /** All copies that were made of an asset. */
  async copiesOf(actor: VendorActor, assetId: AssetId): Promise<CopyOrigin[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<CopyOrigin>(
        'SELECT hash, asset_id, file_number, crop, max_width FROM assets.library_copy WHERE asset_id = $1',
        [assetId],
      ),
    );
  }

  private async cut(hash: string, { crop, maxWidth }: PictureChoice, format: PictureFormat) {
    return cutPicture({ bytes: await this.blobs.get(hash), crop, maxWidth, format });
  }

  private requireUsable(asset: Asset): void {
    if (stateOf(asset, dayOf(this.clock.now())) !== 'expired') return;
    throw new DomainError(
      'asset.expired',
      `"${asset.title}" expired on ${asset.expiresOn}. Choose another picture, or change its last day in the library.`,
      { title: asset.title, expiresOn: asset.expiresOn },
      { kind: 'conflict' },
    );
  }

  private async record({ vendorId }: VendorActor, hash: string, choice: PictureChoice) {
    const { assetId, fileNumber, crop, maxWidth } = choice;
    await this.database.query(
      `INSERT INTO assets.library_copy (vendor_id, hash, asset_id, file_number, crop, max_width, copied_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (vendor_id, hash, asset_id) DO UPDATE SET file_number = $4, crop = $5, max_width = $6, copied_at = $7`,
      [vendorId, hash, assetId, fileNumber, crop === null ? null : JSON.stringify(crop), maxWidth, this.clock.now()],
    );
  }
}

/** @throws DomainError `asset.no-picture`. */
function requirePicture(asset: Asset): NonNullable<Asset['file']> {
  if (asset.file !== null && (asset.kind === 'picture' || asset.kind === 'logo')) return asset.file;
  throw new DomainError('asset.no-picture', `"${asset.title}" is not a picture. Choose a picture.`, {
    field: 'assetId',
  });
}

const replaced = ({ title }: Asset): DomainError =>
  new DomainError(
    'asset.file-replaced',
    `The file of "${title}" was replaced after you chose the cut. Choose the cut again.`,
    { title },
    { kind: 'stale' },
  );
